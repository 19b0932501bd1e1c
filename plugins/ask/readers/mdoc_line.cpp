#include "ask/readers/mdoc_line.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace riposte::ask {

/// What a macro does with its arguments on a line of text.
struct MdocMacro {
    std::string_view name;
    bool literal;                  ///< shown as something to type
    std::string_view prefix;       ///< before each argument
    std::string_view open, close;  ///< around all that follows it on the line
};

namespace {

constexpr std::array macros{MdocMacro{"Fl", true, "-", "", ""},        MdocMacro{"Cm", true, "", "", ""},
                            MdocMacro{"Ic", true, "", "", ""},         MdocMacro{"Nm", true, "", "", ""},
                            MdocMacro{"Ev", true, "", "", ""},         MdocMacro{"Dv", true, "", "", ""},
                            MdocMacro{"Li", true, "", "", ""},         MdocMacro{"Er", true, "", "", ""},
                            MdocMacro{"Fn", true, "", "", ""},         MdocMacro{"Fd", true, "", "", ""},
                            MdocMacro{"In", true, "", "", ""},         MdocMacro{"Ar", false, "", "", ""},
                            MdocMacro{"Pa", false, "", "", ""},        MdocMacro{"Va", false, "", "", ""},
                            MdocMacro{"Em", false, "", "", ""},        MdocMacro{"Sy", false, "", "", ""},
                            MdocMacro{"No", false, "", "", ""},        MdocMacro{"Fa", false, "", "", ""},
                            MdocMacro{"Ft", false, "", "", ""},        MdocMacro{"Vt", false, "", "", ""},
                            MdocMacro{"Tn", false, "", "", ""},        MdocMacro{"Ad", false, "", "", ""},
                            MdocMacro{"An", false, "", "", ""},        MdocMacro{"Ms", false, "", "", ""},
                            MdocMacro{"Lk", false, "", "", ""},        MdocMacro{"Mt", false, "", "", ""},
                            MdocMacro{"Nd", false, "", "-", ""},       MdocMacro{"Op", false, "", "[", "]"},
                            MdocMacro{"Bq", false, "", "[", "]"},      MdocMacro{"Pq", false, "", "(", ")"},
                            MdocMacro{"Dq", false, "", "“", "”"},      MdocMacro{"Sq", false, "", "‘", "’"},
                            MdocMacro{"Qq", false, "", "\"", "\""},    MdocMacro{"Ql", false, "", "‘", "’"},
                            MdocMacro{"Aq", false, "", "<", ">"},      MdocMacro{"Brq", false, "", "{", "}"},
                            MdocMacro{"Oo", false, "", "[", ""},       MdocMacro{"Oc", false, "", "]", ""},
                            MdocMacro{"Po", false, "", "(", ""},       MdocMacro{"Pc", false, "", ")", ""},
                            MdocMacro{"Do", false, "", "“", ""},       MdocMacro{"Dc", false, "", "”", ""},
                            MdocMacro{"So", false, "", "‘", ""},       MdocMacro{"Sc", false, "", "’", ""},
                            MdocMacro{"Bo", false, "", "[", ""},       MdocMacro{"Bc", false, "", "]", ""},
                            MdocMacro{"Qo", false, "", "\"", ""},      MdocMacro{"Qc", false, "", "\"", ""},
                            MdocMacro{"Ao", false, "", "<", ""},       MdocMacro{"Ac", false, "", ">", ""},
                            MdocMacro{"Bro", false, "", "{", ""},      MdocMacro{"Brc", false, "", "}", ""},
                            MdocMacro{"Ux", false, "", "UNIX", ""},    MdocMacro{"Bx", false, "", "BSD", ""},
                            MdocMacro{"Fx", false, "", "FreeBSD", ""}, MdocMacro{"Nx", false, "", "NetBSD", ""},
                            MdocMacro{"Ox", false, "", "OpenBSD", ""}, MdocMacro{"At", false, "", "AT&T UNIX", ""},
                            MdocMacro{"Xo", false, "", "", ""},        MdocMacro{"Xc", false, "", "", ""},
                            MdocMacro{"Xr", false, "", "", ""},        MdocMacro{"Ns", false, "", "", ""},
                            MdocMacro{"Ap", false, "", "'", ""}};

const MdocMacro* find_macro(std::string_view name) {
    const auto found = std::ranges::find(macros, name, &MdocMacro::name);
    return found == macros.end() ? nullptr : &*found;
}

bool is_closing(std::string_view text) {
    return text.size() == 1 && std::string_view(".,;:?!)]").find(text[0]) != std::string_view::npos;
}
bool is_opening(std::string_view text) { return text == "(" || text == "["; }

bool is_section(std::string_view text) { return !text.empty() && text.size() <= 2 && text[0] >= '0' && text[0] <= '9'; }

/// A mark that .Oc, .Dc and so on put: it clings to what stands before it.
bool is_end_mark(std::string_view mark) {
    return is_closing(mark) || mark == "”" || mark == "’" || mark == ">" || mark == "}";
}

}  // namespace

std::vector<Run> MdocLine::render(const std::vector<std::string>& words) {
    for (std::size_t at = 0; at < words.size(); ++at) {
        const bool is_macro = find_macro(words[at]) != nullptr;
        if (is_macro) macro(words[at]);
        else argument(words, at);
    }
    end_macro();
    runs_.push_back({std::exchange(closing_, {}), false});
    std::erase_if(runs_, [](const Run& run) { return run.text.empty(); });
    return std::move(runs_);
}

void MdocLine::macro(std::string_view name) {
    end_macro();
    macro_ = find_macro(name);
    bare_ = true;
    if (name == "Ns" || name == "Ap") glued_ = true;
    closing_.insert(0, macro_->close);
    if (macro_->open.empty()) return;
    const bool clings = is_end_mark(macro_->open);
    const bool is_word = macro_->open.size() > 3 || macro_->open == "-";  // UNIX; the longest mark has three bytes
    glued_ = glued_ || clings;
    put(std::string(macro_->open), false);
    glued_ = macro_->open == "'" || (!clings && !is_word);
    bare_ = false;
}

void MdocLine::argument(const std::vector<std::string>& words, std::size_t& at) {
    const std::string text = plain_roff(words[at]);
    if (is_closing(text)) {
        end_macro();
        const bool is_last = at + 1 == words.size();
        if (is_last) runs_.push_back({std::exchange(closing_, {}), false});
        runs_.push_back({text, false});
    } else if (macro_ && macro_->name == "Xr" && at + 1 < words.size() && is_section(words[at + 1])) {
        put(text + "(" + words[++at] + ")", false);
    } else {
        put((macro_ ? std::string(macro_->prefix) : std::string()) + text, macro_ && macro_->literal);
        glued_ = is_opening(text);
    }
    bare_ = false;
}

/// A macro without arguments: .Nm is the page's name, .Ar "file ...", .Fl a lone dash.
void MdocLine::end_macro() {
    if (!macro_ || !std::exchange(bare_, false)) return;
    if (macro_->name == "Nm" && !page_name_.empty()) put(page_name_, true);
    if (macro_->name == "Ar") put("file ...", false);
    if (macro_->name == "Fl") put("-", true);
}

void MdocLine::put(std::string text, bool literal) {
    if (!runs_.empty() && !glued_) runs_.push_back({" ", false});
    runs_.push_back({std::move(text), literal});
    glued_ = false;
}

}  // namespace riposte::ask
