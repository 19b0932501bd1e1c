#pragma once

#include "ask/document.hpp"
#include "ask/readers/roff.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace riposte::ask {

/// The blocks of a manual page: filled paragraphs, tagged items, text as it stands. man(7) and mdoc(7) share it.
class PageLayout {
public:
    void title(std::string text) { builder_.title(std::move(text)); }
    void heading(std::size_t level, std::string text);

    /// Running text with escapes, on a line of its own in the source.
    void text_line(std::string_view raw);

    /// Text whose faces are known already; `glued`: no space before it.
    void runs(const std::vector<Run>& runs, bool glued = false);

    /// What follows up to end_tag() names an item; then comes what is said about it.
    void begin_tag();
    void end_tag();
    bool in_tag() const { return in_tag_; }

    void line_break();
    void end_paragraph();

    /// Line breaks count from here, until fill().
    void as_it_stands();
    void fill();
    bool stands() const { return stands_; }

    void table(std::string text);
    Document finish(std::string fallback);

private:
    void put(std::string_view text, bool literal);
    void end_literal();

    DocumentBuilder builder_;
    Face face_;
    std::string tag_, block_, literal_, standing_;
    bool in_tag_ = false, is_item_ = false, stands_ = false;
};

}  // namespace riposte::ask
