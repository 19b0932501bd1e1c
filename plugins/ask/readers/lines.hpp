#pragma once

#include <string_view>

namespace riposte::ask {

/// Walks over the lines of a text; CR before LF is dropped. The text must outlive it.
class Lines {
public:
    explicit Lines(std::string_view text) : rest_(text) {}

    bool more() const { return !rest_.empty(); }

    /// The line about to come, which stays; empty at the end.
    std::string_view peek() const { return without_return(rest_.substr(0, rest_.find('\n'))); }

    std::string_view next() {
        const std::string_view line = peek();
        const std::size_t end = rest_.find('\n');
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
        return line;
    }

private:
    static std::string_view without_return(std::string_view line) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        return line;
    }

    std::string_view rest_;
};

}  // namespace riposte::ask
