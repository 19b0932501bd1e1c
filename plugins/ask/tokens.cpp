#include "ask/tokens.hpp"

#include "ask/stem.hpp"
#include "ask/utf8.hpp"

namespace riposte::ask {
namespace {

constexpr std::size_t longest_word = 64;  // bytes; beyond it lies base64, not language

bool is_apostrophe(char32_t value) { return value == '\'' || value == 0x2019; }

class Tokenizer {
public:
    explicit Tokenizer(std::string_view text) : text_(text) {}

    std::vector<Token> run() {
        while (at_ < text_.size()) {
            const CodePoint next = code_point(text_, at_);
            if (is_cjk(next.value)) cut_cjk();
            else if (is_word(next.value)) cut_word();
            else at_ += next.size;
        }
        return std::move(tokens_);
    }

private:
    void cut_word() {
        const std::size_t begin = at_;
        std::string word;
        while (at_ < text_.size()) {
            const CodePoint next = code_point(text_, at_);
            if (!is_word(next.value)) break;
            append_utf8(word, fold(next.value));
            at_ += next.size;
        }
        if (word.size() <= longest_word) put(stem(std::move(word)), begin, at_, false);
        skip_contraction();
    }

    /// "room's" and "don't" end at the apostrophe.
    void skip_contraction() {
        if (at_ >= text_.size()) return;
        const CodePoint mark = code_point(text_, at_);
        if (!is_apostrophe(mark.value)) return;
        std::size_t end = at_ + mark.size;
        while (end < text_.size() && is_word(code_point(text_, end).value)) end += code_point(text_, end).size;
        if (end - at_ - mark.size <= 2) at_ = end;
    }

    void cut_cjk() {
        const std::size_t begin = at_;
        std::size_t before = at_;
        at_ += code_point(text_, at_).size;
        bool alone = true;
        while (at_ < text_.size()) {
            const CodePoint next = code_point(text_, at_);
            if (!is_cjk(next.value)) break;
            put(std::string(text_.substr(before, at_ + next.size - before)), before, at_ + next.size, true);
            before = at_;
            at_ += next.size;
            alone = false;
        }
        if (alone) put(std::string(text_.substr(begin, at_ - begin)), begin, at_, true);
    }

    void put(std::string term, std::size_t begin, std::size_t end, bool cjk) {
        tokens_.push_back({std::move(term), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), cjk});
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text) { return Tokenizer(text).run(); }

std::string terms_of(std::string_view text) {
    std::string terms;
    for (const Token& token : tokenize(text)) {
        if (!terms.empty()) terms.push_back(' ');
        terms += token.term;
    }
    return terms;
}

}  // namespace riposte::ask
