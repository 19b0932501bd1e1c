#include "commands/catalogue.hpp"

#include "commands/help.hpp"
#include "commands/suggestions.hpp"
#include "protocol/unicode.hpp"

#include <algorithm>
#include <unordered_map>

namespace riposte {
namespace {

constexpr std::size_t longest_head = 256;      // bytes of a line that are searched for a prefix
constexpr std::size_t longest_in_detail = 64;  // bytes

/// Places in the line where a prefix of so many words may end, ascending: before white space, at the end, and behind each
/// Han character.
std::vector<std::size_t> possible_ends(std::string_view line, std::size_t most_words) {
    std::vector<std::size_t> ends;
    ends.reserve(8);
    std::size_t words = 0;
    CodePoint before{U' ', 0};
    for (std::size_t i = 0; words < most_words && i <= std::min(line.size(), longest_head);) {
        const auto point = code_point_at(line, i);
        const bool boundary = point.bytes == 0 || is_space(point.value);
        if (i > 0 && !is_space(before.value) && (boundary || is_han(before.value))) ends.push_back(i);
        if (boundary && !is_space(before.value)) ++words;
        if (point.bytes == 0) break;
        i += point.bytes;
        before = point;
    }
    return ends;
}

std::string qualified(const std::string& plugin, std::string_view prefix) {
    return ascii_lower("/" + plugin + ":" + std::string(prefix.substr(1)));
}

std::size_t skip_spaces(std::string_view line, std::size_t at) {
    for (auto point = code_point_at(line, at); point.bytes > 0 && is_space(point.value);
         point = code_point_at(line, at))
        at += point.bytes;
    return at;
}

}  // namespace

struct Catalogue::Index {
    std::vector<CommandSpecification> commands;
    std::uint64_t version = 0;
    std::unordered_map<std::string, std::size_t> by_key;  // normalised prefix, or "/plugin:prefix" -> command
    std::size_t most_words = 1;                           // of any key
    Suggestions suggestions;

    void add(std::size_t command, const std::string& prefix, std::vector<std::string>& names) {
        const auto key = normalised_prefix(prefix);
        by_key.emplace(key, command);
        by_key.emplace(qualified(commands[command].plugin, key), command);
        most_words = std::max(most_words, 1 + static_cast<std::size_t>(std::count(key.begin(), key.end(), ' ')));
        names.push_back(key);
    }
};

Catalogue::Catalogue() : Catalogue({}, 0) {}

Catalogue::Catalogue(std::vector<CommandSpecification> commands, std::uint64_t version) {
    auto index = std::make_shared<Index>();
    index->commands = std::move(commands);
    index->commands.insert(index->commands.begin(), help_command());
    index->version = version;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < index->commands.size(); ++i) {
        index->add(i, index->commands[i].prefix, names);
        for (const auto& alias : index->commands[i].aliases) index->add(i, alias, names);
    }
    index->suggestions = Suggestions(std::move(names));
    index_ = std::move(index);
}

Catalogue::~Catalogue() = default;
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;

Result<Match> Catalogue::match(std::string_view line) const {
    const auto ends = possible_ends(line, index_->most_words);
    for (auto end = ends.rbegin(); end != ends.rend(); ++end) {
        const auto found = index_->by_key.find(normalised_prefix(line.substr(0, *end)));
        if (found != index_->by_key.end()) return Match{&index_->commands[found->second], skip_spaces(line, *end)};
    }
    const auto head = normalised_prefix(line.substr(0, longest_head));
    Problem problem;
    problem.code = ErrorCode::UnknownCommand;
    problem.suggestions = index_->suggestions.closest(head);
    const auto word = std::string_view(head).substr(0, head.find(' '));
    problem.detail =
        word.size() <= longest_in_detail ? "there is no command " + std::string(word) : "there is no such command";
    return problem;
}

std::uint64_t Catalogue::version() const { return index_->version; }
const std::vector<CommandSpecification>& Catalogue::commands() const { return index_->commands; }

}  // namespace riposte
