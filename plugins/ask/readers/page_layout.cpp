#include "ask/readers/page_layout.hpp"

#include "ask/utf8.hpp"

#include <algorithm>
#include <utility>

namespace riposte::ask {
namespace {

bool has_cjk(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint next = code_point(text, at);
        if (is_cjk(next.value)) return true;
        at += next.size;
    }
    return false;
}

/// What one types, as a code span. Bold Chinese is emphasis, not input.
std::string code_span(std::string_view text) {
    const bool is_code = !text.empty() && text.find('`') == std::string_view::npos && !has_cjk(text);
    return is_code ? "`" + std::string(text) + "`" : escape_markdown(text);
}

}  // namespace

void PageLayout::heading(std::size_t level, std::string text) {
    fill();
    end_paragraph();
    face_ = {};
    builder_.heading(level, std::move(text));
}

void PageLayout::text_line(std::string_view raw) { runs(decode_roff(raw, face_)); }

void PageLayout::runs(const std::vector<Run>& runs, bool glued) {
    if (stands_) {
        if (glued && standing_.ends_with('\n')) standing_.pop_back();
        for (const Run& run : runs) standing_ += run.text;
        standing_.push_back('\n');
        return;
    }
    if (runs.empty()) return;
    if (!glued) {
        end_literal();
        const bool joined = block_.empty() || block_.back() == ' ' || block_.back() == '\n' ||
                            (ends_in_cjk(block_) && begins_with_cjk(runs.front().text));
        if (!joined) block_.push_back(' ');
    }
    for (const Run& run : runs) put(run.text, run.literal);
}

void PageLayout::put(std::string_view text, bool literal) {
    if (literal) {
        literal_ += text;
        return;
    }
    end_literal();
    if (block_.empty()) text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const bool at_start = !in_tag_ && (block_.empty() || block_.back() == '\n');
    block_ += escape_markdown(text, at_start ? Place::LineStart : Place::MidLine);
}

void PageLayout::end_literal() {
    const std::string text = std::exchange(literal_, {});
    const std::string_view inner = trim(text);
    if (inner.empty()) {
        block_ += text;
        return;
    }
    if (text.front() == ' ' && !block_.empty() && block_.back() != ' ') block_.push_back(' ');
    block_ += code_span(inner);
    if (text.back() == ' ') block_.push_back(' ');
}

void PageLayout::begin_tag() {
    fill();
    end_paragraph();
    in_tag_ = true;
}

void PageLayout::end_tag() {
    if (!in_tag_) return;
    end_literal();
    in_tag_ = false;
    tag_ = std::string(trim(block_));
    block_.clear();
    is_item_ = true;
}

void PageLayout::line_break() {
    end_literal();
    if (!stands_ && !block_.empty() && block_.back() != '\n') block_ += "  \n";
}

void PageLayout::end_paragraph() {
    if (in_tag_) end_tag();
    if (stands_) {
        standing_.push_back('\n');
        return;
    }
    end_literal();
    const std::string body(trim(std::exchange(block_, {})));
    if (!std::exchange(is_item_, false)) return builder_.paragraph(body);
    const std::string tag = std::exchange(tag_, {});
    const bool is_bullet = tag.empty() || tag == "•" || tag == "o" || tag == "\\*" || tag == "-" || tag == "+";
    if (is_bullet && body.empty()) return;
    builder_.item(is_bullet ? "- " + body : body.empty() ? "- " + tag : "- " + tag + ": " + body);
}

void PageLayout::as_it_stands() {
    end_paragraph();
    stands_ = true;
}

void PageLayout::fill() {
    if (!std::exchange(stands_, false)) return;
    builder_.code(std::exchange(standing_, {}));
}

void PageLayout::table(std::string text) {
    fill();
    end_paragraph();
    builder_.code(text);
}

Document PageLayout::finish(std::string fallback) {
    fill();
    end_paragraph();
    return builder_.finish(std::move(fallback));
}

}  // namespace riposte::ask
