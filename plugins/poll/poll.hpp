#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A question, its choices, and who chose what; kept as text, one thing a line.
struct Poll {
    std::int64_t author = 0;
    std::string question;
    std::vector<std::string> choices;
    std::map<std::int64_t, std::size_t> votes{};  // by user id

    std::string saved() const {
        std::ostringstream text;
        text << author << '\n' << question << '\n' << choices.size() << '\n';
        for (const std::string& choice : choices) text << choice << '\n';
        for (const auto& [user, choice] : votes) text << user << ' ' << choice << '\n';
        return text.str();
    }

    static Poll restored(const std::string& saved) {
        std::istringstream text(saved);
        Poll poll;
        std::size_t count = 0;
        text >> poll.author >> std::ws;
        std::getline(text, poll.question);
        text >> count >> std::ws;
        poll.choices.resize(count);
        for (std::string& choice : poll.choices) std::getline(text, choice);
        std::int64_t user = 0;
        for (std::size_t choice = 0; text >> user >> choice;) poll.votes[user] = choice;
        return poll;
    }

    std::size_t votes_for(std::size_t choice) const {
        return static_cast<std::size_t>(
            std::count_if(votes.begin(), votes.end(), [&](const auto& vote) { return vote.second == choice; }));
    }
};

inline std::string one_line(std::string_view text) {
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

/// Cuts "tea | green tea" at its bars ("|", "｜"), or "tea \"green tea\"" into words; trims, and joins lines.
inline std::vector<std::string> parts(std::string_view text) {
    constexpr std::string_view wide_bar = "｜";
    std::string line = one_line(text);
    for (std::size_t at = 0; (at = line.find(wide_bar, at)) != std::string::npos;)
        line.replace(at, wide_bar.size(), "|");
    const bool barred = line.find('|') != std::string::npos;
    std::vector<std::string> found;
    std::string_view rest = line;
    while (rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size())), !rest.empty()) {
        const bool quoted = !barred && rest.front() == '"';
        if (quoted) rest.remove_prefix(1);
        const std::size_t end = std::min(rest.find(barred ? '|' : quoted ? '"' : ' '), rest.size());
        std::string_view part = rest.substr(0, end);
        part = part.substr(0, part.find_last_not_of(' ') + 1);
        if (!part.empty()) found.emplace_back(part);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return found;
}
