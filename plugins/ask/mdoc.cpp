#include "ask/mdoc.hpp"

#include "ask/page_layout.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace riposte::ask {
namespace {

/// What a macro does with its arguments on a line of text.
struct Inline {
    std::string_view name;
    bool literal;                  ///< shown as something to type
    std::string_view prefix;       ///< before each argument
    std::string_view open, close;  ///< around all that follows it on the line
};

constexpr std::array inlines{
    Inline{"Fl", true, "-", "", ""},  Inline{"Cm", true, "", "", ""},   Inline{"Ic", true, "", "", ""},   Inline{"Nm", true, "", "", ""},
    Inline{"Ev", true, "", "", ""},   Inline{"Dv", true, "", "", ""},   Inline{"Li", true, "", "", ""},   Inline{"Er", true, "", "", ""},
    Inline{"Fn", true, "", "", ""},   Inline{"Fd", true, "", "", ""},   Inline{"In", true, "", "", ""},   Inline{"Ar", false, "", "", ""},
    Inline{"Pa", false, "", "", ""},  Inline{"Va", false, "", "", ""},  Inline{"Em", false, "", "", ""},  Inline{"Sy", false, "", "", ""},
    Inline{"No", false, "", "", ""},  Inline{"Fa", false, "", "", ""},  Inline{"Ft", false, "", "", ""},  Inline{"Vt", false, "", "", ""},
    Inline{"Tn", false, "", "", ""},  Inline{"Ad", false, "", "", ""},  Inline{"An", false, "", "", ""},  Inline{"Ms", false, "", "", ""},
    Inline{"Lk", false, "", "", ""},  Inline{"Mt", false, "", "", ""},  Inline{"Nd", false, "", "- ", ""}, Inline{"Op", false, "", "[", "]"},
    Inline{"Bq", false, "", "[", "]"}, Inline{"Pq", false, "", "(", ")"}, Inline{"Dq", false, "", "“", "”"}, Inline{"Sq", false, "", "‘", "’"},
    Inline{"Qq", false, "", "\"", "\""}, Inline{"Ql", false, "", "‘", "’"}, Inline{"Aq", false, "", "<", ">"}, Inline{"Brq", false, "", "{", "}"},
    Inline{"Oo", false, "", "[", ""}, Inline{"Oc", false, "", "]", ""}, Inline{"Po", false, "", "(", ""}, Inline{"Pc", false, "", ")", ""},
    Inline{"Do", false, "", "“", ""}, Inline{"Dc", false, "", "”", ""}, Inline{"So", false, "", "‘", ""}, Inline{"Sc", false, "", "’", ""},
    Inline{"Bo", false, "", "[", ""}, Inline{"Bc", false, "", "]", ""}, Inline{"Qo", false, "", "\"", ""}, Inline{"Qc", false, "", "\"", ""},
    Inline{"Ao", false, "", "<", ""}, Inline{"Ac", false, "", ">", ""}, Inline{"Bro", false, "", "{", ""}, Inline{"Brc", false, "", "}", ""},
    Inline{"Ux", false, "", "UNIX", ""}, Inline{"Bx", false, "", "BSD", ""}, Inline{"Fx", false, "", "FreeBSD", ""},
    Inline{"Nx", false, "", "NetBSD", ""}, Inline{"Ox", false, "", "OpenBSD", ""}, Inline{"At", false, "", "AT&T UNIX", ""},
    Inline{"Xo", false, "", "", ""}, Inline{"Xc", false, "", "", ""}, Inline{"Xr", false, "", "", ""}, Inline{"Ns", false, "", "", ""},
    Inline{"Ap", false, "", "'", ""}};

constexpr std::array silent{"Dd", "Dt", "Os", "Bk", "Ek", "Sm", "Rs", "Re", "Ef", "Rv", "Ex", "Fo", "Fc", "nr", "ds", "ad", "in", "hy", "nh", "Db", "Fx"};

const Inline* find_inline(std::string_view name) {
    const auto found = std::ranges::find(inlines, name, &Inline::name);
    return found == inlines.end() ? nullptr : &*found;
}

bool is_closing(std::string_view text) { return text.size() == 1 && std::string_view(".,;:?!)]").find(text[0]) != std::string_view::npos; }
bool is_opening(std::string_view text) { return text == "(" || text == "["; }

class MdocReader {
public:
    explicit MdocReader(std::string_view source) : lines_(source) {}

    Document run(std::string title) {
        page_.title(title);
        for (RoffLine line; lines_.next(line);) read(line);
        return page_.finish(std::move(title));
    }

private:
    void read(RoffLine& line) {
        if (line.name.empty()) return text(line.rest);
        if (read_block(line)) return;
        if (line.name.starts_with('%')) return page_.runs({{plain_roff(line.rest), false}});
        if (std::ranges::find(silent, line.name) != silent.end()) return;
        std::vector<std::string> words = roff_arguments(line.rest);
        words.insert(words.begin(), line.name);
        inline_line(words);
    }

    void text(std::string_view raw) {
        if (trim(raw).empty()) page_.end_paragraph();
        else page_.text_line(page_.stands() ? raw : trim(raw));
    }

    /// True when the macro was one that begins or ends a block.
    bool read_block(const RoffLine& line) {
        const std::string_view name = line.name;
        if (name == "Sh" || name == "Ss") {
            heading(name == "Sh" ? 1 : 2, line.rest);
        } else if (name == "Pp" || name == "Lp" || name == "sp" || name == "El") {
            page_.end_paragraph();
        } else if (name == "br") {
            page_.line_break();
        } else if (name == "It") {
            item(line.rest);
        } else if (name == "Bl") {
            page_.end_paragraph();
        } else if (name == "Bd") {
            if (line.rest.find("-literal") != std::string::npos || line.rest.find("-unfilled") != std::string::npos) page_.as_it_stands();
            else page_.end_paragraph();
        } else if (name == "Ed" || name == "fi") {
            page_.fill();
            page_.end_paragraph();
        } else if (name == "nf") {
            page_.as_it_stands();
        } else if (name == "D1" || name == "Dl") {
            page_.as_it_stands();
            inline_line(roff_arguments(line.rest));
            page_.fill();
        } else if (name == "Xc" && page_.in_tag()) {
            page_.end_tag();
        } else {
            return false;
        }
        return true;
    }

    void heading(std::size_t level, std::string_view rest) {
        std::string name;
        for (const std::string& argument : roff_arguments(rest)) join_line(name, plain_roff(argument));
        in_name_ = name.starts_with("NAME") || name.ends_with("NAME)") || name.ends_with("NAME");
        page_.heading(level, std::move(name));
    }

    void item(std::string_view rest) {
        const std::vector<std::string> words = roff_arguments(rest);
        page_.begin_tag();
        if (!words.empty()) inline_line(words);
        const bool goes_on = std::ranges::find(words, "Xo") != words.end();
        if (!goes_on) page_.end_tag();
    }

    void inline_line(const std::vector<std::string>& words) {
        std::vector<Run> runs;
        std::string closing;
        const Inline* macro = nullptr;
        bool glued = false, bare = false;
        const auto put = [&](std::string text, bool literal) {
            if (!runs.empty() && !glued) runs.push_back({" ", false});
            runs.push_back({std::move(text), literal});
            glued = false;
        };
        for (std::size_t index = 0; index < words.size(); ++index) {
            const std::string& word = words[index];
            if (const Inline* next = find_inline(word)) {
                if (macro && bare) put_bare(*macro, put);
                macro = next;
                bare = true;
                if (word == "Ns") glued = true;
                if (!macro->open.empty()) {
                    const bool closes = is_closing(macro->open) || macro->open == "”" || macro->open == "’" || macro->open == ">" || macro->open == "}";
                    glued = glued || closes;
                    put(std::string(macro->open), false);
                    glued = !closes && macro->open != "- " && word != "Ux";
                    bare = false;
                }
                closing.insert(0, macro->close);
                continue;
            }
            const std::string plain = plain_roff(word);
            if (is_closing(plain)) {
                if (macro && bare) put_bare(*macro, put);
                const bool last = index + 1 == words.size();
                if (last) runs.push_back({std::exchange(closing, {}), false});
                runs.push_back({plain, false});
            } else if (macro && macro->name == "Xr") {
                const bool has_section = index + 1 < words.size() && words[index + 1].size() <= 2 && words[index + 1][0] >= '0' && words[index + 1][0] <= '9';
                put(plain + (has_section ? "(" + words[++index] + ")" : ""), false);
            } else {
                put((macro ? std::string(macro->prefix) : std::string()) + plain, macro && macro->literal);
                glued = is_opening(plain);
                if (in_name_ && macro && macro->name == "Nm" && page_name_.empty()) page_name_ = plain;
            }
            bare = false;
        }
        if (macro && bare) put_bare(*macro, put);
        runs.push_back({closing, false});
        std::erase_if(runs, [](const Run& run) { return run.text.empty(); });
        page_.runs(runs, words.size() > 0 && words[0] == "Ns");
    }

    /// A macro without arguments: .Nm is the page's name, .Ar "file ...", .Fl a lone dash.
    template <class Put>
    void put_bare(const Inline& macro, const Put& put) {
        if (macro.name == "Nm" && !page_name_.empty()) put(page_name_, true);
        if (macro.name == "Ar") put("file ...", false);
        if (macro.name == "Fl") put("-", true);
    }

    RoffLines lines_;
    PageLayout page_;
    std::string page_name_;
    bool in_name_ = false;
};

}  // namespace

Document read_mdoc(std::string title, std::string_view source) { return MdocReader(source).run(std::move(title)); }

}  // namespace riposte::ask
