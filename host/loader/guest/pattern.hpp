#pragma once

#include <memory>
#include <regex>
#include <string_view>

namespace riposte::guest {

/// A regular expression of plugin.h: ECMAScript without back-references and look-around, on code points. Looked for by
/// walking all its states at once, character by character: time grows with the length of the text times that of the
/// pattern, whatever both are, and the stack does not grow with the text.
class Pattern {
public:
    /// Null for what is none, or has what makes searching explode.
    static std::shared_ptr<const Pattern> compiled(std::string_view pattern);

    /// Anywhere in it. `text` is UTF-8.
    bool is_in(std::string_view text) const;

private:
    explicit Pattern(std::wregex expression) : expression_(std::move(expression)) {}

    std::wregex expression_;
};

}  // namespace riposte::guest
