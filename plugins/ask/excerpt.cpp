#include "ask/excerpt.hpp"

#include "ask/document.hpp"
#include "ask/tokens.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace riposte::ask {
namespace {

constexpr std::string_view omission = "…";

struct Block {
    std::size_t begin, end;     // bytes of the passage
    std::set<std::string> met;  // terms of the question that it has
};

bool ends_open(std::string_view markdown) {
    std::size_t fences = 0;
    for (std::size_t at = 0; (at = markdown.find("```", at)) != std::string_view::npos; at += 3) ++fences;
    return fences % 2 == 1;
}

/// Where the block that begins at `begin` ends: before an empty line or the next item, but not within code.
std::size_t end_of_block(std::string_view markdown, std::size_t begin) {
    std::size_t at = begin;
    while ((at = markdown.find('\n', at)) != std::string_view::npos) {
        const std::string_view rest = markdown.substr(at + 1);
        const bool parts = rest.starts_with('\n') || rest.starts_with("- ");
        if (parts && !ends_open(markdown.substr(begin, at - begin))) return at;
        ++at;
    }
    return markdown.size();
}

std::vector<Block> blocks_of(const Question& question, std::string_view markdown) {
    std::vector<Block> blocks;
    for (std::size_t begin = 0; begin < markdown.size();) {
        const std::size_t end = end_of_block(markdown, begin);
        Block block{begin, end, {}};
        for (Token& token : tokenize(markdown.substr(begin, end - begin)))
            if (std::ranges::find(question.terms, token.term) != question.terms.end())
                block.met.insert(std::move(token.term));
        blocks.push_back(std::move(block));
        begin = std::min(markdown.find_first_not_of('\n', end), markdown.size());
    }
    return blocks;
}

/// How many terms the blocks from `first` on meet that together fit the limit; `last` becomes the one after them.
std::size_t window(const std::vector<Block>& blocks, std::size_t first, std::size_t limit, std::size_t& last) {
    std::set<std::string> met;
    for (last = first; last < blocks.size() && blocks[last].end - blocks[first].begin <= limit; ++last)
        met.insert(blocks[last].met.begin(), blocks[last].met.end());
    return met.size();
}

}  // namespace

std::string shorten(std::string_view markdown, std::size_t limit) {
    if (markdown.size() <= limit) return std::string(markdown);
    std::size_t end = limit;
    for (const std::string_view mark : {"\n\n", "\n", "。", ". ", " "}) {
        const std::size_t at = markdown.rfind(mark, limit - mark.size());
        if (at == std::string_view::npos || at < limit / 3) continue;
        end = mark[0] == '\n' || mark == " " ? at : at + mark.size();
        break;
    }
    while (end > 0 && (static_cast<unsigned char>(markdown[end]) & 0xC0) == 0x80) --end;
    std::string cut(trim(markdown.substr(0, end)));
    if (ends_open(cut)) cut += "\n```";
    return cut.append("\n\n").append(omission);
}

std::string excerpt(const Question& question, std::string_view markdown, std::size_t limit) {
    if (markdown.size() <= limit) return std::string(markdown);
    const std::vector<Block> blocks = blocks_of(question, markdown);
    std::size_t best_first = 0, best_last = 0, most = 0;
    for (std::size_t first = 0; first < blocks.size(); ++first) {
        std::size_t last = first;
        const std::size_t met = window(blocks, first, limit, last);
        if (last == first || met <= most) continue;
        best_first = first;
        best_last = last;
        most = met;
    }
    if (most == 0) return shorten(markdown, limit);
    const std::size_t end = blocks[best_last - 1].end;
    std::string text = best_first > 0 ? std::string(omission) + "\n\n" : "";
    text += markdown.substr(blocks[best_first].begin, end - blocks[best_first].begin);
    return best_last < blocks.size() ? text.append("\n\n").append(omission) : text;
}

}  // namespace riposte::ask
