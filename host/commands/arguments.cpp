#include "commands/arguments.hpp"

#include "commands/argument_text.hpp"
#include "commands/argument_values.hpp"
#include "commands/scanner.hpp"
#include "protocol/unicode.hpp"

#include <algorithm>
#include <optional>

namespace riposte {
namespace {

/// One reading of one line.
class Parser {
public:
    Parser(const CommandSpecification& command, std::string_view line, std::size_t begin)
        : command_(command), line_(line), scanner_(line, begin), given_(command.options.size()) {}

    Result<std::vector<Argument>> parse() {
        while (!scanner_.at_end())
            if (const auto problem = read_one()) return *problem;
        return collect();
    }

private:
    std::optional<Problem> read_one() {
        const auto begin = scanner_.offset();
        for (std::size_t i = 0; i < given_.size(); ++i) {
            if (!scanner_.skip_name(command_.options[i].name)) continue;
            if (given_[i]) return located(bad(command_.options[i].name, "is given twice"), begin);
            return read_into(i);
        }
        const auto free = std::find(given_.begin(), given_.end(), std::nullopt);
        if (free == given_.end()) return located(bad("", "there is nothing more to say here"), begin);
        return read_into(static_cast<std::size_t>(free - given_.begin()));
    }

    std::optional<Problem> read_into(std::size_t index) {
        const auto& option = command_.options[index];
        const auto begin = scanner_.offset();
        const auto text = take_text(scanner_, option);
        if (!text) return located(bad(option.name, "opens a quote that is not closed"), begin);
        auto value = read_value(option, *text);
        if (!value) return located(value.error(), begin);
        given_[index] = std::move(*value);
        return std::nullopt;
    }

    Result<std::vector<Argument>> collect() {
        std::vector<Argument> arguments;
        for (std::size_t i = 0; i < given_.size(); ++i) {
            const auto& option = command_.options[i];
            if (!given_[i] && !option.otherwise.empty()) {
                auto value = read_value(option, option.otherwise);
                if (!value) return located(value.error(), line_.size());
                given_[i] = std::move(*value);
            }
            if (given_[i]) arguments.push_back(std::move(*given_[i]));
            else if (option.required) return missing(option);
        }
        return arguments;
    }

    Problem missing(const OptionSpecification& option) const {
        auto problem = bad(option.name, "is missing");
        problem.code = ErrorCode::MissingArgument;
        const auto said = trimmed(line_);
        return located(std::move(problem), static_cast<std::size_t>(said.data() - line_.data()) + said.size());
    }

    Problem bad(const std::string& argument, std::string_view what) const {
        Problem problem;
        problem.code = ErrorCode::BadArgument;
        problem.argument = argument;
        problem.detail = argument.empty() ? std::string(what) : argument + ' ' + std::string(what);
        return problem;
    }

    Problem located(Problem problem, std::size_t offset) const {
        problem.usage = usage(command_);
        problem.position = static_cast<std::uint32_t>(code_points(line_.substr(0, offset)));
        return problem;
    }

    const CommandSpecification& command_;
    std::string_view line_;
    Scanner scanner_;
    std::vector<std::optional<Argument>> given_;  // by the place of the option in the declaration
};

}  // namespace

Result<std::vector<Argument>> parse_arguments(const CommandSpecification& command, std::string_view line,
                                              std::size_t begin) {
    return Parser(command, line, begin).parse();
}

}  // namespace riposte
