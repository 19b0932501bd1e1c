#include "commands/argument_text.hpp"

#include "commands/duration.hpp"

namespace riposte {

std::optional<std::string> take_text(Scanner& scanner, const OptionSpecification& option) {
    if (option.rest) return scanner.rest();
    if (option.type != OptionType::Duration || scanner.at_quote()) return scanner.word();
    // "2 days" is one value of two words, and "10分钟喝水" is followed by another without a space.
    const auto duration = read_duration(scanner.remaining());
    if (!duration) return scanner.word();
    std::string text(scanner.remaining().substr(0, duration->bytes));
    scanner.skip(duration->bytes);
    return text;
}

}  // namespace riposte
