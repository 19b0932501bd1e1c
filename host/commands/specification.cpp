#include "commands/specification.hpp"

namespace riposte {

const std::string& LocalisedText::in(const std::string& locale) const {
    if (const auto exact = others.find(locale); exact != others.end()) return exact->second;
    // "zh-TW" is better served by "zh" or by another kind of Chinese than by English.
    const auto language = locale.substr(0, locale.find('-'));
    if (language.empty() || language == "en") return english;
    if (const auto plain = others.find(language); plain != others.end()) return plain->second;
    const auto sibling = others.lower_bound(language + '-');
    return sibling != others.end() && sibling->first.starts_with(language + '-') ? sibling->second : english;
}

std::string usage(const CommandSpecification& command) {
    std::string text = command.prefix;
    for (const auto& option : command.options) {
        text += option.required ? " <" : " [";
        text += option.name;
        if (option.rest) text += "…";
        if (!option.required && !option.otherwise.empty()) text += '=' + option.otherwise;
        text += option.required ? '>' : ']';
    }
    return text;
}

}  // namespace riposte
