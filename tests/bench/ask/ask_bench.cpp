// Known-item search over Debian's manual pages: how early does the page come whose description is the question?
// Prints the mean reciprocal rank within ten, of `ask` and of Xapian, and the time `ask` takes for a question.

#include "known_items.hpp"
#include "xapian_rival.hpp"

#include "ask/refresh.hpp"
#include "ask/search.hpp"
#include "ask/utf8.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <map>

namespace {

using namespace riposte;
namespace fs = std::filesystem;

constexpr std::size_t depth = 10;

struct Set {
    const char* language;
    const char* package;
    const char* directory;
};

constexpr Set sets[] = {{"en", "manpages", "/usr/share/man"}, {"zh", "manpages-zh", "/usr/share/man/zh_CN"}};

/// 1 / rank of the wanted number, 0 when it is not among those found.
double reciprocal_rank(const std::vector<std::size_t>& found, std::size_t wanted) {
    const auto at = std::ranges::find(found, wanted);
    return at == found.end() ? 0 : 1 / static_cast<double>(at - found.begin() + 1);
}

fs::path build_index(const std::vector<bench::KnownItem>& items, const Set& set) {
    const fs::path file =
        fs::temp_directory_path() / ("ask_bench-" + std::to_string(::getpid()) + "-" + set.language + ".db");
    ask::RefreshOptions options;
    for (const bench::KnownItem& item : items) options.roots.push_back(item.path);
    options.without_sections = bench::name_sections;
    ask::refresh(file, options);
    return file;
}

void evaluate(const Set& set) {
    const std::vector<bench::KnownItem> items = bench::known_items(set.package, set.directory);
    const fs::path file = build_index(items, set);
    ask::Search search(ask::Database::open_for_reading(file));
    bench::XapianRival xapian(items);
    std::map<std::string, std::size_t> numbers;
    for (std::size_t number = 0; number < items.size(); ++number)
        numbers[items[number].path.filename().string()] = number;
    double ours = 0, theirs = 0;
    std::vector<double> milliseconds;
    for (std::size_t number = 0; number < items.size(); ++number) {
        const std::string& question = items[number].question;
        const bool asks = std::string_view(set.language) == "zh" ? ask::is_mostly_cjk(question) : !question.empty();
        if (!asks) continue;
        const auto begin = std::chrono::steady_clock::now();
        const std::vector<ask::Hit> hits = search.find(ask::read_question(question), depth);
        milliseconds.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
        std::vector<std::size_t> found;
        for (const ask::Hit& hit : hits) found.push_back(numbers.at(hit.name));
        ours += reciprocal_rank(found, number);
        theirs += reciprocal_rank(xapian.find(question, depth), number);
    }
    fs::remove(file);
    std::ranges::sort(milliseconds);
    const double questions = static_cast<double>(milliseconds.size());
    std::printf(
        "{\"name\": \"ask: MRR@10, %s\", \"value\": %.4f, \"ceiling\": %.4f, \"unit\": \"beside Xapian\", \"want\": "
        "\">= 1.1\"}\n",
        set.package, ours / questions, theirs / questions);
    std::printf("{\"name\": \"ask: a question, p50, %s\", \"value\": %.3f, \"unit\": \"ms\", \"want\": \"<= 10\"}\n",
                set.package, milliseconds[milliseconds.size() / 2]);
    std::fprintf(stderr, "%s: %zu pages, %zu questions, p99 %.1f ms\n", set.package, items.size(), milliseconds.size(),
                 milliseconds[milliseconds.size() * 99 / 100]);
}

}  // namespace

int main() {
    try {
        for (const Set& set : sets) evaluate(set);
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "ask_bench: %s\n", problem.what());
        return 1;
    }
}
