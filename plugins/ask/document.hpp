#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace riposte::ask {

enum class Language { English, Chinese };

/// A few paragraphs that stand under one heading: the unit in which `ask` answers.
struct Passage {
    std::vector<std::string> headings;  ///< outermost first, without the document's title
    std::string text;                   ///< Markdown
};

/// A file, whatever its format was.
struct Document {
    std::string title;
    Language language = Language::English;
    std::vector<Passage> passages;
};

/// Receives what a reader finds, in reading order, and cuts it into passages.
class DocumentBuilder {
public:
    /// The first title given stands; later ones are ignored.
    void title(std::string text);

    /// `level` 1 is the outermost. Headings of this and inner levels end here.
    void heading(std::size_t level, std::string text);

    void paragraph(std::string markdown);

    /// An item of a list; items in a row stand on lines of their own without gaps.
    void item(std::string markdown);

    /// Text whose line breaks count; becomes a fenced block.
    void code(std::string_view text);

    /// `fallback` is the title if none was given.
    Document finish(std::string fallback);

private:
    void append(std::string block, bool is_item);
    void close_passage();

    struct Open {
        std::size_t level;
        std::string text;
    };
    Document document_;
    std::vector<Open> headings_;
    std::string text_;
    bool after_item_ = false;
};

/// Leaves out what stands under a heading of one of these names, bilingual ones ("NAME (名称)") included. Case is ignored.
void leave_out(Document& document, const std::vector<std::string>& sections);

enum class Place { LineStart, MidLine };

/// Plain text made safe to stand in Markdown. At the start of a line more is special: "#", ">", "-".
std::string escape_markdown(std::string_view text, Place place = Place::LineStart);

/// Appends a line of running text: parted by a space, except between two CJK characters.
void join_line(std::string& text, std::string_view line);

std::string_view trim(std::string_view text);

}  // namespace riposte::ask
