#include "ask/match.hpp"

#include "ask/tokens.hpp"
#include "ask/utf8.hpp"

#include <algorithm>
#include <limits>

namespace riposte::ask {
namespace {

using Positions = std::vector<std::vector<std::size_t>>;  // of each term, ascending

std::string_view first_character(std::string_view pair) { return pair.substr(0, code_point(pair, 0).size); }

/// Its number, or that of none. A question has a handful of terms and most tokens differ in their first byte.
std::size_t number_of(std::string_view term, const Question& question) {
    for (std::size_t number = 0; number < question.terms.size(); ++number)
        if (question.terms[number].front() == term.front() && question.terms[number] == term) return number;
    return question.terms.size();
}

Positions positions_of(const Question& question, std::string_view text) {
    Positions positions(question.terms.size());
    const std::vector<Token> tokens = tokenize(text);
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        std::size_t number = number_of(tokens[at].term, question);
        if (number == question.terms.size() && tokens[at].cjk)
            number = number_of(first_character(tokens[at].term), question);
        if (number < question.terms.size()) positions[number].push_back(at);
    }
    return positions;
}

/// The smallest step from one to the other; backwards counts one more.
std::size_t distance(const std::vector<std::size_t>& from, const std::vector<std::size_t>& to) {
    std::size_t nearest = std::numeric_limits<std::size_t>::max();
    for (const std::size_t begin : from)
        for (const std::size_t end : to) nearest = std::min(nearest, end > begin ? end - begin : begin - end + 1);
    return nearest;
}

double nearness(const Positions& positions, const std::vector<double>& weights) {
    double near = 0, all = 0;
    for (std::size_t term = 1; term < positions.size(); ++term) {
        const double weight = std::min(weights[term - 1], weights[term]);
        all += weight;
        if (!positions[term - 1].empty() && !positions[term].empty())
            near += weight / static_cast<double>(distance(positions[term - 1], positions[term]));
    }
    return all > 0 ? near / all : 0;
}

/// Both ways: how much of the question the heading has, and how much else it has (harmonic mean of the two).
double likeness(const Question& question, const std::vector<double>& weights, std::string_view heading) {
    const Question read = read_question(heading);
    double all = 0, shared = 0;
    std::size_t common = 0;
    for (std::size_t term = 0; term < question.terms.size(); ++term) {
        const bool there = std::ranges::find(read.terms, question.terms[term]) != read.terms.end();
        all += weights[term];
        shared += there ? weights[term] : 0;
        common += there ? 1 : 0;
    }
    if (common == 0) return 0;
    const double recall = shared / all;
    const double precision = static_cast<double>(common) / static_cast<double>(read.terms.size());
    return 2 * recall * precision / (recall + precision);
}

}  // namespace

Match compare(const Question& question, const std::vector<double>& weights, std::string_view names,
              std::string_view text) {
    const Positions in_text = positions_of(question, text);
    const Positions in_names = positions_of(question, names);
    double all = 0, covered = 0, named = 0;
    for (const Question::Unit& unit : question.units) {
        double weight = 0, found = 0, in_name = 0;
        for (const std::size_t term : unit.terms) {
            weight = std::max(weight, weights[term]);
            if (!in_names[term].empty()) in_name = std::max(in_name, weights[term]);
            if (!in_names[term].empty() || !in_text[term].empty()) found = std::max(found, weights[term]);
        }
        all += found > 0
                   ? found
                   : weight;  // a pair that straddles two words is rare, and says nothing when the next one is met
        covered += found;
        named += in_name;
    }
    if (all <= 0) return {};
    const std::string_view heading = names.substr(names.rfind('\n') + 1);
    return {covered / all, nearness(in_text, weights), likeness(question, weights, heading), named / all};
}

}  // namespace riposte::ask
