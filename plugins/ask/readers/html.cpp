#include "ask/readers/readers.hpp"

#include "ask/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <utility>

namespace riposte::ask {
namespace {

constexpr std::array ignored{"script", "style", "nav", "svg", "template", "noscript", "footer", "iframe", "select"};
constexpr std::array blocks{"p",     "div",  "section", "article", "main", "body",   "ul", "ol", "dl", "blockquote",
                            "table", "form", "header",  "aside",   "hr",   "figure", "dt", "dd", "tr"};

struct Entity {
    std::string_view name, text;
};
constexpr std::array entities{Entity{"amp", "&"},    Entity{"lt", "<"},    Entity{"gt", ">"},     Entity{"quot", "\""},
                              Entity{"apos", "'"},   Entity{"nbsp", " "},  Entity{"ndash", "–"},  Entity{"mdash", "—"},
                              Entity{"hellip", "…"}, Entity{"lsquo", "‘"}, Entity{"rsquo", "’"},  Entity{"ldquo", "“"},
                              Entity{"rdquo", "”"},  Entity{"copy", "©"},  Entity{"middot", "·"}, Entity{"rarr", "→"}};

template <class Names>
bool is_one_of(std::string_view name, const Names& names) {
    return std::ranges::any_of(names, [name](std::string_view other) { return name == other; });
}

bool is_letter(char letter) { return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z'); }

std::string lower(std::string_view name) {
    std::string folded(name);
    for (char& letter : folded)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + 0x20);
    return folded;
}

/// `entity` is what stands between & and ;. Empty when it is none.
std::string decode_entity(std::string_view entity) {
    if (entity.starts_with('#')) {
        const bool hex = entity.starts_with("#x") || entity.starts_with("#X");
        const std::string_view digits = entity.substr(hex ? 2 : 1);
        std::uint32_t value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
        const bool valid = error == std::errc{} && end == digits.data() + digits.size() && value >= 0x20 &&
                           value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
        std::string text;
        if (valid) append_utf8(text, value);
        return text;
    }
    const auto known = std::ranges::find(entities, entity, &Entity::name);
    return known == entities.end() ? std::string() : std::string(known->text);
}

std::string decode(std::string_view text) {
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::size_t end = text[at] == '&' ? text.find(';', at) : std::string_view::npos;
        const bool candidate = end != std::string_view::npos && end - at <= 10;
        const std::string entity = candidate ? decode_entity(text.substr(at + 1, end - at - 1)) : std::string();
        if (entity.empty()) {
            decoded.push_back(text[at]);
        } else {
            decoded += entity;
            at = end;
        }
    }
    return decoded;
}

class HtmlReader {
public:
    explicit HtmlReader(std::string_view text) : text_(text) {}

    Document run(std::string fallback) {
        while (!text_.empty()) {
            const std::size_t open = text_.find('<');
            add_text(text_.substr(0, open));
            text_.remove_prefix(open == std::string_view::npos ? text_.size() : open);
            if (!text_.empty()) read_tag();
        }
        end_block();
        return builder_.finish(std::move(fallback));
    }

private:
    void read_tag() {
        if (text_.starts_with("<!--")) return skip_past("-->");
        const bool looks_like_tag =
            text_.size() > 1 && (is_letter(text_[1]) || text_[1] == '/' || text_[1] == '!' || text_[1] == '?');
        if (!looks_like_tag) {
            add_text("<");
            return text_.remove_prefix(1);
        }
        const bool closes = text_[1] == '/';
        const std::size_t begin = closes ? 2 : 1;
        const std::size_t end = std::min(text_.find_first_of(" \t\r\n/>", begin), text_.size());
        const std::string name = lower(text_.substr(begin, end - begin));
        skip_past(">");
        if (closes) close_tag(name);
        else open_tag(name);
    }

    void skip_past(std::string_view mark) {
        const std::size_t at = text_.find(mark);
        text_.remove_prefix(at == std::string_view::npos ? text_.size() : at + mark.size());
    }

    void skip_element(const std::string& name) {
        while (!text_.empty()) {
            skip_past("</");
            const bool closed = lower(text_.substr(0, name.size())) == name;
            if (closed) return skip_past(">");
        }
    }

    void open_tag(const std::string& name) {
        if (is_one_of(name, ignored)) return skip_element(name);
        if (is_heading(name) || name == "pre" || name == "title" || name == "li" || is_one_of(name, blocks))
            end_block();
        if (name == "pre") in_pre_ = true;
        if (name == "li") in_item_ = true;
        if (name == "br") block_ += in_pre_ ? "\n" : "  \n";
        if (name == "td" || name == "th") join_line(block_, block_.empty() ? "" : "· ");
        if (name == "code" && !in_pre_) begin_code();
    }

    void close_tag(const std::string& name) {
        if (name == "title") {
            builder_.title(std::exchange(block_, {}));
        } else if (is_heading(name)) {
            if (name == "h1") builder_.title(block_);
            builder_.heading(static_cast<std::size_t>(name[1] - '0'), std::exchange(block_, {}));
        } else if (name == "code" && !in_pre_) {
            end_code();
        } else if (name == "pre" || name == "li" || is_one_of(name, blocks)) {
            end_block();
        }
    }

    static bool is_heading(std::string_view name) {
        return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
    }

    void add_text(std::string_view raw) {
        const std::string text = decode(raw);
        if (in_pre_) {
            block_ += text;
            return;
        }
        const std::string_view content = trim(text);
        if (content.empty()) {
            space_ = space_ || !text.empty();
            return;
        }
        if ((space_ || text[0] == ' ' || text[0] == '\n') && !block_.empty() && !in_code_) add_space();
        append_collapsed(content);
        space_ = text.back() == ' ' || text.back() == '\n';
    }

    void add_space() {
        if (!block_.empty() && block_.back() != ' ' && block_.back() != '\n') block_.push_back(' ');
    }

    void append_collapsed(std::string_view content) {
        std::string line;
        bool gap = false;
        for (const char letter : content) {
            const bool blank = letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r';
            if (gap && !blank) line.push_back(' ');
            if (!blank) line.push_back(letter);
            gap = blank;
        }
        block_ += in_code_ ? line : escape_markdown(line);
    }

    void begin_code() {
        if (space_) add_space();
        space_ = false;
        block_.push_back('`');
        in_code_ = true;
    }

    void end_code() {
        if (!in_code_) return;
        in_code_ = false;
        if (block_.ends_with('`')) block_.pop_back();
        else block_.push_back('`');
    }

    void end_block() {
        end_code();
        if (in_pre_) builder_.code(block_);
        else if (in_item_ && !trim(block_).empty()) builder_.item("- " + std::string(trim(block_)));
        else builder_.paragraph(std::move(block_));
        block_.clear();
        in_pre_ = in_item_ = space_ = false;
    }

    std::string_view text_;
    DocumentBuilder builder_;
    std::string block_;
    bool in_pre_ = false, in_item_ = false, in_code_ = false, space_ = false;
};

}  // namespace

Document read_html(const std::string& name, std::string_view text) {
    return HtmlReader(text).run(std::filesystem::path(name).stem().string());
}

}  // namespace riposte::ask
