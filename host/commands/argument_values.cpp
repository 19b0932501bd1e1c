#include "commands/argument_values.hpp"

#include "commands/duration.hpp"
#include "commands/suggestions.hpp"
#include "protocol/text.hpp"
#include "protocol/unicode.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace riposte {
namespace {

Problem bad_argument(const OptionSpecification& option, std::string_view detail) {
    Problem problem;
    problem.code = ErrorCode::BadArgument;
    problem.argument = option.name;
    problem.detail = option.name + ' ' + std::string(detail);
    return problem;
}

Argument named(const OptionSpecification& option) {
    Argument argument;
    argument.name = option.name;
    argument.type = option.type;
    return argument;
}

/// Full-width digits and signs as plain ones, without a leading plus.
std::string plain_number(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size();) {
        const auto point = code_point_at(text, i);
        append_code_point(plain, point.value == U'−' ? U'-' : narrow(point.value));
        i += point.bytes;
    }
    if (plain.size() > 1 && plain[0] == '+' && plain[1] != '-') plain.erase(0, 1);
    return plain;
}

template <class Number>
bool read_number(const std::string& text, Number& value) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

std::string written(double number) {
    std::array<char, 32> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return {buffer.data(), end};
}

/// "must be 2 to 1000", "must be at least 2"; empty when `value` is within the option's limits.
std::string out_of_range(const OptionSpecification& option, double value, std::string (*write)(double)) {
    const bool below = option.minimum && value < *option.minimum;
    const bool above = option.maximum && value > *option.maximum;
    if (!below && !above) return "";
    if (option.minimum && option.maximum) return "must be " + write(*option.minimum) + " to " + write(*option.maximum);
    return below ? "must be at least " + write(*option.minimum) : "must be at most " + write(*option.maximum);
}

Result<Argument> integer(const OptionSpecification& option, std::string_view text) {
    auto argument = named(option);
    if (!read_number(plain_number(text), argument.integer)) return bad_argument(option, "must be a whole number");
    argument.number = static_cast<double>(argument.integer);
    if (const auto wrong = out_of_range(option, argument.number, written); !wrong.empty())
        return bad_argument(option, wrong);
    argument.text = std::to_string(argument.integer);
    return argument;
}

Result<Argument> number(const OptionSpecification& option, std::string_view text) {
    auto argument = named(option);
    if (!read_number(plain_number(text), argument.number) || !std::isfinite(argument.number))
        return bad_argument(option, "must be a number");
    if (const auto wrong = out_of_range(option, argument.number, written); !wrong.empty())
        return bad_argument(option, wrong);
    argument.text = written(argument.number);
    return argument;
}

Result<Argument> plain_text(const OptionSpecification& option, std::string_view text) {
    auto argument = named(option);
    const auto length = static_cast<double>(code_points(text));
    if (const auto wrong = out_of_range(option, length, written); !wrong.empty())
        return bad_argument(option, wrong + " characters long");
    argument.text = text;
    return argument;
}

Result<Argument> choice(const OptionSpecification& option, std::string_view text) {
    const auto key = [](std::string_view value) { return ascii_lower(composed(value).value_or(std::string(value))); };
    const auto wanted = key(text);
    auto argument = named(option);
    std::string all;
    for (const auto& choice : option.choices) {
        if (key(choice) == wanted) {
            argument.text = choice;
            return argument;
        }
        all += (all.empty() ? "" : ", ") + choice;
    }
    auto problem = bad_argument(option, "must be one of " + all);
    for (const auto& choice : option.choices)
        if (wanted.size() < 64 && 3 * slips_between(wanted, key(choice)) <= code_points(choice))
            problem.suggestions.push_back(choice);
    return problem;
}

Result<Argument> boolean(const OptionSpecification& option, std::string_view text) {
    static constexpr std::string_view yes[] = {"true", "yes", "y", "on", "1", "是", "开", "对", "真"};
    static constexpr std::string_view no[] = {"false", "no", "n", "off", "0", "否", "不", "关", "错", "假"};
    const auto word = ascii_lower(plain_number(text));
    auto argument = named(option);
    argument.boolean = std::find(std::begin(yes), std::end(yes), word) != std::end(yes);
    if (!argument.boolean && std::find(std::begin(no), std::end(no), word) == std::end(no))
        return bad_argument(option, "must be yes or no");
    argument.text = argument.boolean ? "true" : "false";
    return argument;
}

/// Without the sign that stands before a name in a text.
std::string_view without_sign(std::string_view text, char32_t sign) {
    const auto first = code_point_at(text, 0);
    return narrow(first.value) == sign ? text.substr(first.bytes) : text;
}

Result<Argument> user(const OptionSpecification& option, std::string_view text) {
    auto argument = named(option);
    auto name = check_user_name(without_sign(text, U'@'));
    if (!name) return bad_argument(option, "must be a person's name");
    argument.text = std::move(*name);
    return argument;
}

Result<Argument> room(const OptionSpecification& option, std::string_view text) {
    auto argument = named(option);
    argument.text = ascii_lower(without_sign(text, U'#'));
    if (!check_room_uri(argument.text)) return bad_argument(option, "must be a room's address");
    return argument;
}

Result<Argument> duration(const OptionSpecification& option, std::string_view text) {
    const auto read = read_duration(text);
    if (!read || read->bytes != text.size())
        return bad_argument(option, "must be a duration such as 10m, 1h30m or 2 days");
    auto argument = named(option);
    const auto seconds = static_cast<double>(read->length.count()) / 1000;
    const auto write = [](double value) { return to_string(std::chrono::milliseconds(std::llround(value * 1000))); };
    if (const auto wrong = out_of_range(option, seconds, write); !wrong.empty()) return bad_argument(option, wrong);
    argument.integer = read->length.count();
    argument.number = seconds;
    argument.text = to_string(read->length);
    return argument;
}

// In the order of OptionType.
constexpr auto readers = std::to_array<Result<Argument> (*)(const OptionSpecification&, std::string_view)>(
    {integer, number, plain_text, choice, boolean, user, room, duration});
static_assert(readers.size() == static_cast<std::size_t>(OptionType::Duration) + 1);

}  // namespace

Result<Argument> read_value(const OptionSpecification& option, std::string_view text) {
    return readers[static_cast<std::size_t>(option.type)](option, text);
}

}  // namespace riposte
