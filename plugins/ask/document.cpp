#include "ask/document.hpp"

#include "ask/utf8.hpp"

#include <algorithm>
#include <utility>

namespace riposte::ask {
namespace {

constexpr std::size_t full = 1000;     // bytes: about 170 English words or 330 Chinese characters, a screen of a phone
constexpr std::size_t largest = 2400;  // a single block beyond this is cut, at a line or sentence

/// Where to cut a block that is too large: after the last line, sentence or word end before `largest`.
std::size_t cut_point(std::string_view block) {
    for (const std::string_view mark : {"\n", ". ", "。", " "}) {
        const std::size_t at = block.rfind(mark, largest - mark.size());
        if (at != std::string_view::npos && at > largest / 2) return at + mark.size();
    }
    std::size_t at = largest;
    while ((static_cast<unsigned char>(block[at]) & 0xC0) == 0x80) --at;
    return at;
}

std::string fold_case(std::string_view text) {
    std::string folded;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint next = code_point(text, at);
        append_utf8(folded, fold(next.value));
        at += next.size;
    }
    return folded;
}

/// The Latin and the CJK half of a bilingual heading, folded: "NAME (名称)" gives "name" and "名称".
std::pair<std::string, std::string> halves(std::string_view heading) {
    std::string latin, cjk;
    bool gap = false;
    for (std::size_t at = 0; at < heading.size();) {
        const CodePoint next = code_point(heading, at);
        if (is_cjk(next.value)) {
            append_utf8(cjk, next.value);
        } else if (is_word(next.value)) {
            if (gap && !latin.empty()) latin.push_back(' ');
            append_utf8(latin, fold(next.value));
        }
        gap = !is_word(next.value);
        at += next.size;
    }
    return {latin, cjk};
}

}  // namespace

std::string_view trim(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blank);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

void join_line(std::string& text, std::string_view line) {
    if (line.empty()) return;
    const bool joined =
        text.empty() || text.back() == ' ' || text.back() == '\n' || (ends_in_cjk(text) && begins_with_cjk(line));
    if (!joined) text.push_back(' ');
    text += line;
}

std::string escape_markdown(std::string_view text, Place place) {
    std::string escaped;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char letter = text[at];
        const bool at_start = at == 0 ? place == Place::LineStart : text[at - 1] == '\n';
        const bool special = std::string_view("\\`*_[]<~|").find(letter) != std::string_view::npos ||
                             (at_start && std::string_view("#>+-=").find(letter) != std::string_view::npos);
        if (special) escaped.push_back('\\');
        escaped.push_back(letter);
    }
    return escaped;
}

void DocumentBuilder::title(std::string text) {
    if (document_.title.empty()) document_.title = std::string(trim(text));
}

void DocumentBuilder::heading(std::size_t level, std::string text) {
    close_passage();
    std::erase_if(headings_, [level](const Open& open) { return open.level >= level; });
    const std::string_view name = trim(text);
    if (!name.empty()) headings_.push_back({level, std::string(name)});
}

void DocumentBuilder::paragraph(std::string markdown) { append(std::move(markdown), false); }

void DocumentBuilder::item(std::string markdown) { append(std::move(markdown), true); }

void DocumentBuilder::code(std::string_view text) {
    while (text.starts_with('\n')) text.remove_prefix(1);
    while (text.ends_with('\n') || text.ends_with(' ')) text.remove_suffix(1);
    if (trim(text).empty()) return;
    while (text.size() > largest) {
        const std::size_t cut = cut_point(text);
        append("```\n" + std::string(trim(text.substr(0, cut))) + "\n```", false);
        text.remove_prefix(cut);
    }
    append("```\n" + std::string(text) + "\n```", false);
}

void DocumentBuilder::append(std::string block, bool is_item) {
    const bool is_code = block.starts_with("```");
    std::string_view rest = is_code ? std::string_view(block) : trim(block);
    while (!is_code && rest.size() > largest) {
        const std::size_t cut = cut_point(rest);
        close_passage();
        text_ = std::string(trim(rest.substr(0, cut)));
        rest = trim(rest.substr(cut));
    }
    if (rest.empty()) return;
    if (!text_.empty() && text_.size() + rest.size() > full) close_passage();
    if (!text_.empty()) text_ += is_item && after_item_ ? "\n" : "\n\n";
    text_ += rest;
    after_item_ = is_item;
}

void DocumentBuilder::close_passage() {
    after_item_ = false;
    if (text_.empty()) return;
    Passage passage;
    for (const Open& open : headings_)
        if (open.text != document_.title) passage.headings.push_back(open.text);
    passage.text = std::exchange(text_, {});
    document_.passages.push_back(std::move(passage));
}

Document DocumentBuilder::finish(std::string fallback) {
    close_passage();
    title(std::move(fallback));
    std::string all = document_.title;
    for (const Passage& passage : document_.passages) all += passage.text;
    document_.language = is_mostly_cjk(all) ? Language::Chinese : Language::English;
    return std::move(document_);
}

void leave_out(Document& document, const std::vector<std::string>& sections) {
    const auto is_left_out = [&](const std::string& heading) {
        const auto [latin, cjk] = halves(heading);
        return std::ranges::any_of(sections, [&](const std::string& section) {
            const std::string name = fold_case(section);
            return name == latin || name == cjk;
        });
    };
    std::erase_if(document.passages,
                  [&](const Passage& passage) { return std::ranges::any_of(passage.headings, is_left_out); });
}

}  // namespace riposte::ask
