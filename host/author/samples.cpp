#include "author/samples.hpp"

#include "protocol/unicode.hpp"

#include <algorithm>
#include <cmath>

namespace riposte {
namespace {

constexpr std::size_t large_bytes = 64 * 1024;

/// As long as the option wants it, and not longer than it allows.
std::string text_value(const OptionSpecification& option, SampleText kind) {
    std::string text = kind == SampleText::Unicode ? "北京 🎲 e\u0301 \u202eשלום" : "tea";
    if (kind == SampleText::Large) text.assign(large_bytes, 'x');
    if (option.minimum)
        while (static_cast<double>(code_points(text)) < *option.minimum) text += 'x';
    return option.maximum ? std::string(first_code_points(text, static_cast<std::size_t>(*option.maximum))) : text;
}

/// The declared number nearest to 1.
double number_value(const OptionSpecification& option) {
    return std::clamp(1.0, option.minimum.value_or(-1e9), option.maximum.value_or(1e9));
}

std::string value_of(const OptionSpecification& option, SampleText kind) {
    switch (option.type) {
        case OptionType::Integer: return std::to_string(std::llround(std::ceil(number_value(option))));
        case OptionType::Number: return std::to_string(number_value(option));
        case OptionType::Text: return text_value(option, kind);
        case OptionType::Choice: return option.choices.empty() ? "" : option.choices.front();
        case OptionType::Boolean: return "yes";
        case OptionType::User: return "alice";
        case OptionType::Room: return "lobby";
        case OptionType::Duration: return std::to_string(std::llround(std::ceil(number_value(option)))) + "s";
    }
    return "";
}

std::string quoted(const std::string& text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + '"';
}

bool takes_text(const CommandSpecification& command) {
    return std::ranges::any_of(command.options, [](const auto& option) { return option.type == OptionType::Text; });
}

}  // namespace

std::vector<Sample> samples_of(const PluginDescription& description, SampleText text) {
    std::vector<Sample> samples;
    for (std::size_t i = 0; i < description.commands.size(); ++i) {
        const auto& command = description.commands[i];
        if (text != SampleText::Plain && !takes_text(command)) continue;
        Sample sample;
        sample.command = i;
        sample.line = command.prefix;
        sample.arguments_begin = sample.line.size();
        for (const auto& option : command.options) {
            if (!option.required && (text == SampleText::Plain || option.type != OptionType::Text)) continue;
            const auto value = value_of(option, text);
            sample.line += option.rest ? " " + value : " " + option.name + "=" + quoted(value);
        }
        auto arguments = parse_arguments(command, sample.line, sample.arguments_begin);
        if (!arguments) continue;  // it takes a text of a form that nobody can guess
        sample.arguments = std::move(*arguments);
        samples.push_back(std::move(sample));
    }
    return samples;
}

}  // namespace riposte
