#include "ask/readers/readers.hpp"

#include "ask/readers/lines.hpp"

#include <filesystem>
#include <utility>

namespace riposte::ask {
namespace {

/// A link into the documents themselves leads nowhere from a chat: only its text stays. Images leave their description.
std::string without_local_links(std::string_view line) {
    std::string kept;
    while (!line.empty()) {
        const std::size_t open = line.find('[');
        const std::size_t middle = open == std::string_view::npos ? open : line.find("](", open);
        const std::size_t close = middle == std::string_view::npos ? middle : line.find(')', middle);
        if (close == std::string_view::npos) break;
        const std::string_view text = line.substr(open + 1, middle - open - 1);
        const std::string_view target = line.substr(middle + 2, close - middle - 2);
        const bool is_image = open > 0 && line[open - 1] == '!';
        const bool is_web = target.starts_with("http://") || target.starts_with("https://");
        if (is_web && !is_image) kept += line.substr(0, close + 1);
        else kept.append(line.substr(0, is_image ? open - 1 : open)).append(text);
        line.remove_prefix(close + 1);
    }
    return kept.append(line);
}

std::string without_comments(std::string_view text) {
    std::string kept;
    for (;;) {
        const std::size_t begin = text.find("<!--");
        kept += text.substr(0, begin);
        const std::size_t end = begin == std::string_view::npos ? begin : text.find("-->", begin);
        if (end == std::string_view::npos) return kept;
        text.remove_prefix(end + 3);
    }
}

bool is_item(std::string_view line) {
    if (line.size() >= 2 && std::string_view("-*+").find(line[0]) != std::string_view::npos) return line[1] == ' ';
    const std::size_t digits = line.find_first_not_of("0123456789");
    return digits > 0 && digits <= 3 && digits + 1 < line.size() && (line[digits] == '.' || line[digits] == ')') &&
           line[digits + 1] == ' ';
}

class MarkdownReader {
public:
    explicit MarkdownReader(std::string_view text) : lines_(text) {}

    Document run(std::string fallback) {
        if (lines_.peek() == "---") skip_front_matter();
        while (lines_.more()) read_line(lines_.next());
        end_block();
        return builder_.finish(std::move(fallback));
    }

private:
    void skip_front_matter() {
        lines_.next();
        while (lines_.more()) {
            const std::string_view line = lines_.next();
            if (line == "---") return;
            if (line.starts_with("title:")) builder_.title(std::string(trim(line.substr(6))));
        }
    }

    void read_line(std::string_view line) {
        const std::string_view content = trim(line);
        if (content.starts_with("```") || content.starts_with("~~~")) return read_fence(content);
        if (content.empty()) return end_block();
        const std::size_t level = content.find_first_not_of('#');
        if (level >= 1 && level <= 6 && content[level] == ' ') return read_heading(level, content.substr(level));
        if (is_setext_underline(content)) return read_setext(content[0] == '=' ? 1 : 2);
        const bool begins_item = is_item(content);
        if (begins_item && line[0] != ' ') end_block();
        if (begins_item && block_.empty()) in_item_ = true;
        if (in_table_row(content) || (begins_item && !block_.empty())) block_ += block_.empty() ? "" : "\n";
        if (begins_item && line[0] == ' ') block_ += line.substr(0, line.find_first_not_of(' '));
        join_line(block_, without_local_links(content));
    }

    static bool in_table_row(std::string_view content) { return content.starts_with('|'); }

    bool is_setext_underline(std::string_view content) const {
        return !block_.empty() && !in_item_ && content.size() >= 3 && (content[0] == '=' || content[0] == '-') &&
               content.find_first_not_of(content[0]) == std::string_view::npos;
    }

    void read_setext(std::size_t level) {
        const std::string text = std::exchange(block_, {});
        read_heading(level, text);
    }

    void read_heading(std::size_t level, std::string_view text) {
        end_block();
        while (text.ends_with('#')) text.remove_suffix(1);
        const std::string name = without_local_links(trim(text));
        if (level == 1 && !titled_) {
            builder_.title(name);
            titled_ = true;
        } else {
            builder_.heading(level, name);
        }
    }

    void read_fence(std::string_view fence) {
        end_block();
        const std::string_view mark = fence.substr(0, 3);
        std::string code;
        while (lines_.more()) {
            const std::string_view line = lines_.next();
            if (trim(line).starts_with(mark)) break;
            code.append(line).push_back('\n');
        }
        builder_.code(code);
    }

    void end_block() {
        if (block_.find_first_not_of("-*_ ") != std::string::npos) {  // not a rule across the page
            if (in_item_) builder_.item(std::move(block_));
            else builder_.paragraph(std::move(block_));
        }
        block_.clear();
        in_item_ = false;
    }

    Lines lines_;
    DocumentBuilder builder_;
    std::string block_;
    bool in_item_ = false;
    bool titled_ = false;
};

}  // namespace

Document read_markdown(const std::string& name, std::string_view text) {
    const std::string kept = without_comments(text);
    return MarkdownReader(kept).run(std::filesystem::path(name).stem().string());
}

}  // namespace riposte::ask
