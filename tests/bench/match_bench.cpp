// Matching a line against a catalogue of 10 and of 10,000 prefixes takes the same time, whether the line is a command,
// one of several words, one in Chinese without a space, or a typing error that gets suggestions.

#include "commands/catalogue.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

namespace {

using namespace riposte;

constexpr int lines_measured = 10;  // as many different ones in either catalogue, so that both fit into the cache alike
constexpr int rounds = 20'000;

/// Names that share beginnings and lengths, as names of commands do: "/roll-abcd", "/roll-abcd show", "/天abcd气".
std::string name_of(int number) {
    std::string name;
    for (int i = 0; i < 4; ++i, number /= 10) name += static_cast<char>('a' + number % 10);
    return name;
}

Catalogue catalogue_of(int prefixes) {
    std::vector<CommandSpecification> commands(static_cast<std::size_t>(prefixes) / 2);
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const auto name = name_of(static_cast<int>(i));
        commands[i].plugin = "plugin" + name;
        commands[i].prefix = i % 2 == 0 ? "/roll-" + name : "/roll-" + name + " show";
        commands[i].aliases = {"/天" + name + "气"};
    }
    return {std::move(commands), 1};
}

struct Kind {
    const char* name;
    std::string (*line)(const CommandSpecification& command);
};
const Kind kinds[] = {
    {"command", [](const CommandSpecification& c) { return c.prefix + " 20 and more"; }},
    {"in Chinese, no space", [](const CommandSpecification& c) { return c.aliases[0] + "北京明天下雨吗"; }},
    {"typing error", [](const CommandSpecification& c) { return "/rlol" + c.prefix.substr(5) + " 20"; }},
};

double nanoseconds_per_match(const Catalogue& catalogue, const std::vector<std::string>& lines) {
    using Clock = std::chrono::steady_clock;
    auto best = Clock::duration::max();
    std::size_t found = 0;
    for (int repeat = 0; repeat < 5; ++repeat) {
        const auto start = Clock::now();
        for (int i = 0; i < rounds; ++i) {
            const auto match = catalogue.match(lines[static_cast<std::size_t>(i) % lines.size()]);
            found += match ? match->arguments_begin : match.error().suggestions.size();
        }
        best = std::min(best, Clock::now() - start);
    }
    if (found == 0) std::printf("nothing matched\n");
    return std::chrono::duration<double, std::nano>(best).count() / rounds;
}

double measure(const Catalogue& catalogue, const Kind& kind) {
    std::vector<std::string> lines;
    const auto& commands = catalogue.commands();
    for (std::size_t i = 1; lines.size() < lines_measured; i = i + 1 < commands.size() ? i + 1 : 1)
        lines.push_back(kind.line(commands[i]));
    return nanoseconds_per_match(catalogue, lines);
}

}  // namespace

int main() {
    const auto few = catalogue_of(10);
    const auto many = catalogue_of(10'000);
    for (const auto& kind : kinds) {
        const double ceiling = measure(few, kind);
        const double value = measure(many, kind);
        std::printf(
            R"({"name": "match, 10,000 prefixes: %s", "value": %.1f, "unit": "ns", "ceiling": %.1f, "want": "<= 1.5"})"
            "\n",
            kind.name, value, ceiling);
    }
}
