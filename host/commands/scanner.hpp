#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace riposte {

/// Reads words from a line, from left to right. Full-width spaces and quotes count as plain ones; offsets are bytes.
class Scanner {
public:
    Scanner(std::string_view line, std::size_t at) : line_(line), at_(at) { skip_spaces(); }

    bool at_end() const { return at_ >= line_.size(); }
    std::size_t offset() const { return at_; }
    std::string_view remaining() const { return line_.substr(at_); }

    /// Goes on behind "name=" or "name＝" if that stands here, ASCII case ignored.
    bool skip_name(std::string_view name);
    /// The next word, its full-width digits made plain, or what stands between quotes, \" and \\ unescaped. None when a quote is not closed; stays there.
    std::optional<std::string> word();
    bool at_quote() const;
    /// All that is left, without white space at its end.
    std::string rest();
    /// Goes on `bytes` further, and over white space.
    void skip(std::size_t bytes);

private:
    void skip_spaces();
    std::optional<std::string> quoted();

    std::string_view line_;
    std::size_t at_;
};

}  // namespace riposte
