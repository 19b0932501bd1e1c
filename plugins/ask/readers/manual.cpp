#include "ask/readers/mdoc.hpp"
#include "ask/readers/page_layout.hpp"
#include "ask/readers/readers.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <utility>

// Manual pages in the macros of man(7); those in mdoc(7) are handed on. Both are told by their first macro.

namespace riposte::ask {
namespace {

/// Requests about looks, which say nothing.
constexpr std::array ignored{"ad", "na", "hy", "nh",  "in",   "ta",    "ne", "ns",     "rs",       "ll",  "lt",  "ps",
                             "vs", "nr", "rr", "PD",  "DT",   "RS",    "RE", "fam",    "hw",       "tr",  "rm",  "rn",
                             "bp", "ev", "ti", "cs",  "ss",   "UC",    "AT", "\"",     "so",       "pc",  "di",  "ec",
                             "eo", "mk", "rt", "als", "char", "fchar", "IX", "INDENT", "UNINDENT", "mso", "nop", "ftr",
                             "tm", "cc", "fp", "de",  "wh",   "ce",    "ul", "it",     "KS",       "KE",  "lf"};

/// "proc.5" is called proc(5) by everybody.
std::string page_title(const std::string& file) {
    const std::size_t dot = file.rfind('.');
    if (dot == std::string::npos || dot == 0) return file;
    return file.substr(0, dot) + "(" + file.substr(dot + 1) + ")";
}

std::string joined(const std::vector<std::string>& arguments, std::string_view between = " ") {
    std::string text;
    for (const std::string& argument : arguments) {
        if (!text.empty()) text += between;
        text += plain_roff(argument);
    }
    return text;
}

class ManReader {
public:
    explicit ManReader(std::string_view source) : lines_(source) {}

    Document run(std::string title) {
        page_.title(title);
        for (RoffLine line; lines_.next(line);) read(line);
        return page_.finish(std::move(title));
    }

private:
    void read(const RoffLine& line) {
        if (line.name.empty()) return read_text(line.rest);
        const auto known = macros().find(line.name);
        if (known != macros().end()) return known->second(*this, line);
        if (std::ranges::find(ignored, line.name) == ignored.end()) faces(roff_arguments(line.rest), false, false);
    }

    void read_text(std::string_view raw) {
        if (heading_level_ > 0) return heading(heading_level_, plain_roff(raw));
        if (trim(raw).empty()) return page_.end_paragraph();
        if (raw[0] == ' ' && !page_.stands()) page_.line_break();
        page_.text_line(page_.stands() ? raw : trim(raw));
        end_tag_line();
    }

    /// The tag of .TP is the one line after it.
    void end_tag_line() {
        if (page_.in_tag()) page_.end_tag();
    }

    /// .BI and its kin: the arguments in turns of two faces, without spaces between.
    void faces(const std::vector<std::string>& arguments, bool first_literal, bool second_literal) {
        if (heading_level_ > 0) return heading(heading_level_, joined(arguments));
        std::vector<Run> runs;
        for (std::size_t index = 0; index < arguments.size(); ++index) {
            Face face{index % 2 == 0 ? first_literal : second_literal, false};
            for (Run& run : decode_roff(arguments[index], face)) runs.push_back(std::move(run));
        }
        page_.runs(runs);
        end_tag_line();
    }

    void one_face(const RoffLine& line, bool literal) {
        Face face{literal, literal};
        std::string rest;
        for (const std::string& argument : roff_arguments(line.rest)) rest += (rest.empty() ? "" : " ") + argument;
        if (rest.empty()) return;
        if (heading_level_ > 0) return heading(heading_level_, plain_roff(rest));
        page_.runs(decode_roff(rest, face));
        end_tag_line();
    }

    void section(std::size_t level, const RoffLine& line) {
        const std::string text = joined(roff_arguments(line.rest));
        if (text.empty()) heading_level_ = level;  // it stands on the next line
        else heading(level, text);
    }

    void heading(std::size_t level, std::string text) {
        heading_level_ = 0;
        page_.heading(level, std::move(text));
    }

    void indented(const RoffLine& line) {
        const std::vector<std::string> arguments = roff_arguments(line.rest);
        if (arguments.empty()) return page_.end_paragraph();
        page_.begin_tag();
        Face face;
        page_.runs(decode_roff(arguments[0], face));
        page_.end_tag();
    }

    /// tbl(1): options, a format up to a line that ends in a dot, rows with a tab (or what tab(x) says) between cells.
    void table() {
        char separator = '\t';
        std::string rows;
        bool in_format = true;
        for (RoffLine line; lines_.next(line) && line.name != "TE";) {
            const std::string_view text = line.rest;
            const std::size_t tab = in_format ? text.find("tab(") : std::string_view::npos;
            if (tab != std::string_view::npos && tab + 4 < text.size()) separator = text[tab + 4];
            if (!in_format && line.name.empty()) add_row(rows, text, separator);
            if (!in_format && !line.name.empty() && line.name != "T&") rows += joined(roff_arguments(text), "") + "\n";
            if (in_format && trim(text).ends_with('.')) in_format = false;
            if (line.name == "T&") in_format = true;
        }
        page_.table(std::move(rows));
    }

    static void add_row(std::string& rows, std::string_view text, char separator) {
        if (text == "_" || text == "=") return;
        std::string row;
        for (const char letter : text) row += letter == separator ? std::string("  ") : std::string(1, letter);
        for (const std::string_view mark : {"T{", "T}"})
            for (std::size_t at = 0; (at = row.find(mark, at)) != std::string::npos;) row.erase(at, mark.size());
        rows += plain_roff(row) + "\n";
    }

    void link_start(const RoffLine& line) { link_ = joined(roff_arguments(line.rest)); }

    void link_end() {
        const std::string link = std::exchange(link_, {});
        if (!link.empty()) page_.runs({{"<" + link + ">", false}});
    }

    using Macro = std::function<void(ManReader&, const RoffLine&)>;
    static const std::map<std::string, Macro, std::less<>>& macros();

    RoffLines lines_;
    PageLayout page_;
    std::size_t heading_level_ = 0;  ///< of a heading whose text has not come yet
    std::string link_;
};

const std::map<std::string, ManReader::Macro, std::less<>>& ManReader::macros() {
    using Reader = ManReader&;
    using Line = const RoffLine&;
    static const Macro paragraph = [](Reader reader, Line) { reader.page_.end_paragraph(); };
    static const Macro stand = [](Reader reader, Line) { reader.page_.as_it_stands(); };
    static const Macro fill = [](Reader reader, Line) { reader.page_.fill(); };
    static const Macro tag = [](Reader reader, Line) { reader.page_.begin_tag(); };
    static const Macro nothing = [](Reader, Line) {};
    const auto one = [](bool literal) -> Macro {
        return [literal](Reader reader, Line line) { reader.one_face(line, literal); };
    };
    const auto two = [](bool first, bool second) -> Macro {
        return [first, second](Reader reader, Line line) { reader.faces(roff_arguments(line.rest), first, second); };
    };
    static const std::map<std::string, Macro, std::less<>> table{
        {"TH", nothing},
        {"SH", [](Reader reader, Line line) { reader.section(1, line); }},
        {"SS", [](Reader reader, Line line) { reader.section(2, line); }},
        {"PP", paragraph},
        {"LP", paragraph},
        {"P", paragraph},
        {"HP", paragraph},
        {"sp", paragraph},
        {"YS", paragraph},
        {"TP", tag},
        {"TQ", tag},
        {"IP", [](Reader reader, Line line) { reader.indented(line); }},
        {"br", [](Reader reader, Line) { reader.page_.line_break(); }},
        {"nf", stand},
        {"EX", stand},
        {"Vb", stand},
        {"fi", fill},
        {"EE", fill},
        {"Ve", fill},
        {"B", one(true)},
        {"SB", one(true)},
        {"I", one(false)},
        {"SM", one(false)},
        {"R", one(false)},
        {"BI", two(true, false)},
        {"BR", two(true, false)},
        {"IB", two(false, true)},
        {"RB", two(false, true)},
        {"IR", two(false, false)},
        {"RI", two(false, false)},
        {"SY", one(true)},
        {"OP", one(true)},
        {"UR", [](Reader reader, Line line) { reader.link_start(line); }},
        {"MT", [](Reader reader, Line line) { reader.link_start(line); }},
        {"UE", [](Reader reader, Line) { reader.link_end(); }},
        {"ME", [](Reader reader, Line) { reader.link_end(); }},
        {"TS", [](Reader reader, Line) { reader.table(); }},
        {"ft", nothing},
    };
    return table;
}

bool is_mdoc(std::string_view source) {
    RoffLines lines(source);
    for (RoffLine line; lines.next(line);) {
        if (line.name == "Dd" || line.name == "Dt" || line.name == "Sh") return true;
        if (line.name == "TH" || line.name == "SH") return false;
    }
    return false;
}

}  // namespace

Document read_manual(const std::string& name, std::string_view text) {
    return is_mdoc(text) ? read_mdoc(page_title(name), text) : ManReader(text).run(page_title(name));
}

}  // namespace riposte::ask
