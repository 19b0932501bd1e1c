#include "ask/refresh.hpp"

#include <unistd.h>

#include <cstdio>
#include <exception>
#include <iostream>
#include <string_view>

namespace {

constexpr std::string_view usage =
    "usage: ask-index DIR... -o FILE [--without-section NAME]... [--quiet]\n"
    "Reads Markdown, text, HTML and manual pages (also .gz) below each DIR and brings the index FILE up to date.\n"
    "FILE may be in use: it is replaced in one step.\n";

struct Arguments {
    riposte::ask::RefreshOptions options;
    std::filesystem::path file;
    bool quiet = false;
    bool wrong = false;
};

Arguments parse(int count, char** words) {
    Arguments arguments;
    for (int at = 1; at < count; ++at) {
        const std::string_view word = words[at];
        const bool has_value = at + 1 < count;
        if (word == "-o" && has_value) arguments.file = words[++at];
        else if (word == "--without-section" && has_value) arguments.options.without_sections.emplace_back(words[++at]);
        else if (word == "--quiet") arguments.quiet = true;
        else if (word.starts_with('-')) arguments.wrong = true;
        else arguments.options.roots.emplace_back(word);
    }
    arguments.wrong = arguments.wrong || arguments.file.empty() || arguments.options.roots.empty();
    return arguments;
}

/// One line that grows on a terminal; elsewhere a line every thousand files.
void show_progress(std::size_t done, std::size_t all) {
    static const bool terminal = ::isatty(STDERR_FILENO) == 1;
    if (terminal && (done % 20 == 0 || done == all))
        std::fprintf(stderr, "\r%zu of %zu files%s", done, all, done == all ? "\n" : "");
    if (!terminal && done % 1000 == 0) std::fprintf(stderr, "%zu of %zu files\n", done, all);
}

}  // namespace

int main(int count, char** words) {
    Arguments arguments = parse(count, words);
    if (arguments.wrong) {
        std::cerr << usage;
        return 2;
    }
    if (!arguments.quiet) arguments.options.progress = show_progress;
    arguments.options.skipped = [](const std::filesystem::path& file, std::string_view why) {
        std::cerr << "skipped " << file.string() << ": " << why << '\n';
    };
    try {
        const riposte::ask::Refreshed result = riposte::ask::refresh(arguments.file, arguments.options);
        std::cout << arguments.file.string() << ": " << result.added << " read, " << result.unchanged << " unchanged, "
                  << result.removed << " removed, " << result.skipped << " skipped; " << result.passages
                  << " passages\n";
    } catch (const std::exception& problem) {
        std::cerr << "ask-index: " << arguments.file.string() << ": " << problem.what() << '\n';
        return 1;
    }
}
