#include "commands/typing.hpp"

#include "commands/argument_text.hpp"
#include "commands/argument_values.hpp"
#include "commands/scanner.hpp"
#include "protocol/unicode.hpp"

#include <algorithm>
#include <utility>

namespace riposte {
namespace {

/// Reads on where parse_arguments() would stop at the first fault.
class TypingReader {
public:
    TypingReader(const CommandSpecification& command, std::string_view line, std::size_t begin)
        : command_(command), line_(line), scanner_(line, begin), taken_(command.options.size()) {}

    std::optional<TypedArgument> read() {
        const auto said = trimmed(line_);
        const bool behind_space = said.data() + said.size() != line_.data() + line_.size();
        while (!scanner_.at_end()) {
            const auto place = next_place();
            if (!place) return std::nullopt;
            const auto& option = command_.options[*place];
            if (option.rest) return typed(*place, scanner_.rest());
            const auto quoted = scanner_.remaining();
            auto word = take_text(scanner_, option);
            if (!word) return typed(*place, quoted.substr(code_point_at(quoted, 0).bytes));  // its quote is still open
            if (scanner_.at_end() && !behind_space) return typed(*place, *word);
            if (auto value = read_value(option, *word)) before_.push_back(std::move(*value));
        }
        const auto free = std::find(taken_.begin(), taken_.end(), false);
        if (free == taken_.end()) return std::nullopt;
        return typed(static_cast<std::size_t>(free - taken_.begin()), {});
    }

private:
    /// The option that is named here, or the first that was not given yet.
    std::optional<std::size_t> next_place() {
        for (std::size_t i = 0; i < taken_.size(); ++i)
            if (scanner_.skip_name(command_.options[i].name)) return take(i);
        const auto free = std::find(taken_.begin(), taken_.end(), false);
        if (free == taken_.end()) return std::nullopt;
        return take(static_cast<std::size_t>(free - taken_.begin()));
    }
    std::size_t take(std::size_t place) {
        taken_[place] = true;
        return place;
    }

    TypedArgument typed(std::size_t place, std::string_view text) {
        return {place, std::string(text), std::move(before_)};
    }

    const CommandSpecification& command_;
    std::string_view line_;
    Scanner scanner_;
    std::vector<bool> taken_;
    std::vector<Argument> before_;
};

}  // namespace

std::optional<TypedArgument> typed_argument(const CommandSpecification& command, std::string_view line,
                                            std::size_t begin) {
    return TypingReader(command, line, begin).read();
}

}  // namespace riposte
