#include "ask/readers/roff.hpp"

#include "ask/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace riposte::ask {
namespace {

struct Glyph {
    std::string_view name, text;
};

/// The characters that manual pages of Linux and Debian name; others are left out.
constexpr std::array glyphs{
    Glyph{"bu", "•"},  Glyph{"aq", "'"}, Glyph{"lq", "“"},  Glyph{"rq", "”"}, Glyph{"oq", "‘"}, Glyph{"cq", "’"},
    Glyph{"dq", "\""}, Glyph{"em", "—"}, Glyph{"en", "–"},  Glyph{"hy", "-"}, Glyph{"mi", "-"}, Glyph{"ha", "^"},
    Glyph{"ti", "~"},  Glyph{"ga", "`"}, Glyph{"rs", "\\"}, Glyph{"sl", "/"}, Glyph{"co", "©"}, Glyph{"rg", "®"},
    Glyph{"de", "°"},  Glyph{"mu", "×"}, Glyph{"di", "÷"},  Glyph{"+-", "±"}, Glyph{"->", "→"}, Glyph{"<-", "←"},
    Glyph{">=", "≥"},  Glyph{"<=", "≤"}, Glyph{"!=", "≠"},  Glyph{"==", "≡"}, Glyph{"if", "∞"}, Glyph{"sq", "□"},
    Glyph{"ul", "_"},  Glyph{"ru", "_"}, Glyph{"or", "|"},  Glyph{"ba", "|"}, Glyph{"br", "|"}, Glyph{"bv", "|"},
    Glyph{"at", "@"},  Glyph{"sh", "#"}, Glyph{"Do", "$"},  Glyph{"lB", "["}, Glyph{"rB", "]"}, Glyph{"lC", "{"},
    Glyph{"rC", "}"},  Glyph{"la", "⟨"}, Glyph{"ra", "⟩"},  Glyph{"Fo", "«"}, Glyph{"Fc", "»"}, Glyph{"12", "½"},
    Glyph{"14", "¼"},  Glyph{"*m", "μ"}, Glyph{"*p", "π"},  Glyph{"*b", "β"}, Glyph{"*a", "α"}, Glyph{"ss", "ß"},
    Glyph{":u", "ü"},  Glyph{":o", "ö"}, Glyph{":a", "ä"},  Glyph{"'e", "é"}, Glyph{"`e", "è"}, Glyph{"oa", "å"},
    Glyph{"/o", "ø"},  Glyph{"ae", "æ"}, Glyph{"tm", "™"}};

std::string glyph(std::string_view name) {
    if (name.starts_with('u') && name.size() >= 5) {
        std::uint32_t value = 0;
        std::from_chars(name.data() + 1, name.data() + name.size(), value, 16);
        std::string text;
        if (value >= 0x20 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF)) append_utf8(text, value);
        return text;
    }
    const auto known = std::ranges::find(glyphs, name, &Glyph::name);
    return known == glyphs.end() ? std::string() : std::string(known->text);
}

class Decoder {
public:
    Decoder(std::string_view raw, Face& face) : rest_(raw), face_(face) {}

    std::vector<Run> run() {
        while (!rest_.empty()) {
            const std::size_t at = rest_.find('\\');
            put(rest_.substr(0, at));
            rest_.remove_prefix(std::min(at, rest_.size()));
            if (rest_.empty()) break;
            rest_.remove_prefix(1);
            if (!rest_.empty()) escape();
        }
        return std::move(runs_);
    }

private:
    void escape() {
        const char kind = rest_[0];
        rest_.remove_prefix(1);
        switch (kind) {
            case '-':
            case '.':
            case '\'':
            case '`':
            case '_': put(std::string_view(&kind, 1)); break;
            case 'e':
            case '\\': put("\\"); break;
            case ' ':
            case '~':
            case '0':
            case 't': put(" "); break;
            case '(': put(glyph(take(2))); break;
            case '[': put(glyph(take_bracketed())); break;
            case 'f': change_face(take_name()); break;
            case 'n':
            case 'm':
            case 'M':
            case 'F':
            case 'k':
            case 'g': take_name(); break;
            case 's': skip_size(); break;
            case 'h':
            case 'v':
            case 'w':
            case 'l':
            case 'L':
            case 'D':
            case 'x':
            case 'o':
            case 'b':
            case 'X':
            case 'S':
            case 'H':
            case 'N':
            case 'A':
            case 'C': skip_quoted(); break;
            default: break;  // \& \| \^ \/ \, \: \% \c \{ \} and the unknown print nothing
        }
    }

    std::string_view take(std::size_t size) {
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(taken.size());
        return taken;
    }

    std::string_view take_bracketed() {
        const std::string_view name = take(rest_.find(']'));
        take(1);
        return name;
    }

    /// X, (XX or [XXX].
    std::string_view take_name() {
        if (rest_.starts_with('(')) return take(1), take(2);
        if (rest_.starts_with('[')) return take(1), take_bracketed();
        return take(1);
    }

    void skip_size() {
        if (rest_.starts_with('\'')) return skip_quoted();
        if (rest_.starts_with('+') || rest_.starts_with('-')) take(1);
        if (rest_.starts_with('(') || rest_.starts_with('[')) take_name();
        else if (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9')
            take(rest_[0] <= '3' && rest_.size() > 1 && rest_[1] >= '0' && rest_[1] <= '9' ? 2 : 1);
    }

    void skip_quoted() {
        if (rest_.empty()) return;
        const char quote = take(1)[0];
        const std::size_t end = rest_.find(quote);
        take(end == std::string_view::npos ? 0 : end + 1);
    }

    void change_face(std::string_view font) {
        const bool now = face_.literal;
        if (font == "P" || font.empty()) face_.literal = face_.before;
        else face_.literal = font.starts_with('B') || font.starts_with('C') || font == "3" || font == "4";
        face_.before = now;
    }

    void put(std::string_view text) {
        if (text.empty()) return;
        if (runs_.empty() || runs_.back().literal != face_.literal) runs_.push_back({{}, face_.literal});
        runs_.back().text += text;
    }

    std::string_view rest_;
    Face& face_;
    std::vector<Run> runs_;
};

}  // namespace

std::vector<Run> decode_roff(std::string_view raw, Face& face) { return Decoder(raw, face).run(); }

std::string plain_roff(std::string_view raw) {
    Face face;
    std::string text;
    for (const Run& run : decode_roff(raw, face)) text += run.text;
    return text;
}

}  // namespace riposte::ask
