#include "ask/readers/readers.hpp"

#include "ask/readers/lines.hpp"

#include <filesystem>
#include <utility>

namespace riposte::ask {
namespace {

/// A rule of one character under a line, as in reStructuredText and old READMEs.
bool is_underline(std::string_view line) {
    return line.size() >= 3 && std::string_view("=-~^").find(line[0]) != std::string_view::npos &&
           line.find_first_not_of(line[0]) == std::string_view::npos;
}

}  // namespace

Document read_plain(const std::string& name, std::string_view text) {
    DocumentBuilder builder;
    std::string paragraph, last;
    const auto end_paragraph = [&] {
        join_line(paragraph, escape_markdown(last));
        builder.paragraph(std::move(paragraph));
        paragraph.clear();
        last.clear();
    };
    for (Lines lines(text); lines.more();) {
        const std::string_view line = trim(lines.next());
        if (line.empty()) {
            end_paragraph();
        } else if (is_underline(line) && !last.empty() && paragraph.empty()) {
            builder.heading(line[0] == '=' ? 1 : 2, std::exchange(last, {}));
        } else if (!is_underline(line)) {
            join_line(paragraph, escape_markdown(last));
            last = line;
        }
    }
    end_paragraph();
    return builder.finish(std::filesystem::path(name).stem().string());
}

}  // namespace riposte::ask
