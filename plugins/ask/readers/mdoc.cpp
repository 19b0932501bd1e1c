#include "ask/readers/mdoc.hpp"

#include "ask/readers/mdoc_line.hpp"
#include "ask/readers/page_layout.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace riposte::ask {
namespace {

constexpr std::array silent{"Dd", "Dt", "Os", "Bk", "Ek", "Sm", "Rs", "Re", "Ef", "Rv", "Ex",
                            "Fo", "Fc", "nr", "ds", "ad", "in", "hy", "nh", "Db", "Fx"};

class MdocReader {
public:
    explicit MdocReader(std::string_view source) : lines_(source) {}

    Document run(std::string title) {
        page_.title(title);
        for (RoffLine line; lines_.next(line);) read(line);
        return page_.finish(std::move(title));
    }

private:
    void read(RoffLine& line) {
        if (line.name.empty()) return text(line.rest);
        if (read_block(line)) return;
        if (line.name.starts_with('%')) return page_.runs({{plain_roff(line.rest), false}});
        if (std::ranges::find(silent, line.name) != silent.end()) return;
        std::vector<std::string> words = roff_arguments(line.rest);
        words.insert(words.begin(), line.name);
        put_line(words);
    }

    void text(std::string_view raw) {
        if (trim(raw).empty()) page_.end_paragraph();
        else page_.text_line(page_.stands() ? raw : trim(raw));
    }

    /// True when the macro was one that begins or ends a block.
    bool read_block(const RoffLine& line) {
        const std::string_view name = line.name;
        if (name == "Sh" || name == "Ss") {
            heading(name == "Sh" ? 1 : 2, line.rest);
        } else if (name == "Pp" || name == "Lp" || name == "sp" || name == "El") {
            page_.end_paragraph();
        } else if (name == "br") {
            page_.line_break();
        } else if (name == "It") {
            item(line.rest);
        } else if (name == "Bl") {
            page_.end_paragraph();
        } else if (name == "Bd") {
            if (line.rest.find("-literal") != std::string::npos || line.rest.find("-unfilled") != std::string::npos)
                page_.as_it_stands();
            else page_.end_paragraph();
        } else if (name == "Ed" || name == "fi") {
            page_.fill();
            page_.end_paragraph();
        } else if (name == "nf") {
            page_.as_it_stands();
        } else if (name == "D1" || name == "Dl") {
            page_.as_it_stands();
            put_line(roff_arguments(line.rest));
            page_.fill();
        } else if (name == "Xc" && page_.in_tag()) {
            page_.end_tag();
        } else {
            return false;
        }
        return true;
    }

    void heading(std::size_t level, std::string_view rest) {
        std::string name;
        for (const std::string& argument : roff_arguments(rest)) join_line(name, plain_roff(argument));
        in_name_ = name.starts_with("NAME") || name.ends_with("NAME)") || name.ends_with("NAME");
        page_.heading(level, std::move(name));
    }

    void item(std::string_view rest) {
        const std::vector<std::string> words = roff_arguments(rest);
        page_.begin_tag();
        if (!words.empty()) put_line(words);
        const bool goes_on = std::ranges::find(words, "Xo") != words.end();
        if (!goes_on) page_.end_tag();
    }

    void put_line(const std::vector<std::string>& words) {
        if (in_name_ && page_name_.empty() && words.size() > 1 && words[0] == "Nm") page_name_ = plain_roff(words[1]);
        page_.runs(MdocLine(page_name_).render(words), !words.empty() && words[0] == "Ns");
    }

    RoffLines lines_;
    PageLayout page_;
    std::string page_name_;
    bool in_name_ = false;
};

}  // namespace

Document read_mdoc(std::string title, std::string_view source) { return MdocReader(source).run(std::move(title)); }

}  // namespace riposte::ask
