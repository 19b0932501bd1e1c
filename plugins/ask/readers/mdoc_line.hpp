#pragma once

#include "ask/readers/roff.hpp"

#include <string>
#include <vector>

namespace riposte::ask {

/// Renders one line of mdoc(7): ".Op Fl l Ar name" gives "[-l name]". Macros that are not known stand as words.
class MdocLine {
public:
    /// `page_name` stands for .Nm without arguments.
    explicit MdocLine(const std::string& page_name) : page_name_(page_name) {}

    /// `words`: the macro and its arguments, as roff_arguments() gives them.
    std::vector<Run> render(const std::vector<std::string>& words);

private:
    void macro(std::string_view name);
    void argument(const std::vector<std::string>& words, std::size_t& at);
    void end_macro();
    void put(std::string text, bool literal);

    const std::string& page_name_;
    std::vector<Run> runs_;
    std::string closing_;                      ///< what .Op and its kin still owe at the end of the line
    const struct MdocMacro* macro_ = nullptr;  ///< the one whose arguments come
    bool bare_ = false;                        ///< it has had none yet
    bool glued_ = false;                       ///< no space before the next word
};

}  // namespace riposte::ask
