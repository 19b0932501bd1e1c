#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace riposte::ask {

/// One line of a manual page: a request or macro with its arguments, or text (then `name` is empty).
struct RoffLine {
    std::string name;
    std::string rest;
};

/// Walks over the lines of roff source as nroff would see them: comments, definitions and conditions are dealt with,
/// strings (`\*x`) are put in. Numbers, diversions and macros of the page's own are not understood and left out.
class RoffLines {
public:
    explicit RoffLines(std::string_view source) : source_(source) {}

    /// False at the end.
    bool next(RoffLine& line);

private:
    std::string_view raw_line();
    std::string whole_line();
    std::string with_strings(std::string_view line, int depth) const;
    void define_string(std::string_view rest);
    void skip_definition(std::string_view rest);
    void decide(const RoffLine& line);
    void otherwise(std::string_view body);
    void follow(bool holds, std::string_view body);

    std::string_view source_;
    std::deque<std::string> pending_;
    std::map<std::string, std::string, std::less<>> strings_;
    std::vector<bool> decided_;  ///< what each open `.ie` came to, for its `.el`
};

/// A stretch of text in one face. Bold and constant width mean "type this" in a manual page.
struct Run {
    std::string text;
    bool literal;
};

/// The font in force; lasts over the end of a line.
struct Face {
    bool literal = false;
    bool before = false;
};

/// Text without escapes, cut where the face changes.
std::vector<Run> decode_roff(std::string_view raw, Face& face);

/// The same without faces.
std::string plain_roff(std::string_view raw);

/// The arguments of a macro: parted by blanks, "quoted ones" whole. Escapes stay.
std::vector<std::string> roff_arguments(std::string_view rest);

}  // namespace riposte::ask
