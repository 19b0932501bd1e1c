// /dice 6, /dice 2d6, /dice 3d8+2: rolls dice and shows each.
#include <riposte/plugin.hpp>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <string_view>

namespace {

struct Roll {
    int dice = 1;
    int sides = 6;
    int bonus = 0;
};

/// Takes a whole number with at most four digits off the front of `text`.
std::optional<int> take_number(std::string_view& text) {
    int number = 0;
    const std::string_view digits = text.substr(0, std::min(text.find_first_not_of("0123456789"), text.size()));
    if (digits.empty() || digits.size() > 4) return std::nullopt;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    text.remove_prefix(digits.size());
    return number;
}

bool take(std::string_view& text, std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

/// "20", "d20", "2d6", "2d6+1", "2D6-1".
std::optional<Roll> parse(std::string_view text) {
    Roll roll;
    const std::optional<int> first = take_number(text);
    if (take(text, "dD")) {
        const std::optional<int> sides = take_number(text);
        if (!sides) return std::nullopt;
        roll = {.dice = first.value_or(1), .sides = *sides};
    } else {
        if (!first) return std::nullopt;
        roll.sides = *first;
    }
    const bool minus = text.starts_with('-');
    if (take(text, "+-")) {
        const std::optional<int> bonus = take_number(text);
        if (!bonus) return std::nullopt;
        roll.bonus = minus ? -*bonus : *bonus;
    }
    const bool sensible = roll.dice >= 1 && roll.dice <= 100 && roll.sides >= 2 && roll.sides <= 1000;
    return text.empty() && sensible ? std::optional(roll) : std::nullopt;
}

class Dice {
public:
    static void describe(riposte::Description<Dice>& plugin) {
        plugin.about("Dice", {"Rolls dice", "掷骰子"});
        plugin.command("/dice", &Dice::roll, {"Roll dice", "掷骰子"})
            .alias("/骰子")
            .text("dice", {.summary = {"Sides (20) or dice (2d6+1)", "面数（20）或骰子（2d6+1）"},
                           .maximum = 16,
                           .otherwise = "1d6"});
    }

    void roll(riposte::Invocation call) {
        const std::optional<Roll> roll = parse(call.text("dice"));
        if (!roll) {
            call.fail(call.words("Dice look like 20, 2d6 or 2d6+1: up to 100 dice with 2 to 1000 sides.",
                                 "骰子写作 20、2d6 或 2d6+1：最多 100 个，每个 2 到 1000 面。"));
            return;
        }
        call.reply("🎲 " + thrown(*roll));
    }

private:
    /// "4" or "2d6+1: 3 + 5 + 1 = **9**".
    std::string thrown(const Roll& roll) {
        std::uniform_int_distribution<int> side(1, roll.sides);
        int total = roll.bonus;
        std::string shown;
        for (int die = 0; die < roll.dice; ++die) {
            const int value = side(random_);
            total += value;
            shown += (die ? " + " : "") + std::to_string(value);
        }
        if (roll.dice == 1 && roll.bonus == 0) return "**" + shown + "**";
        const std::string sign = roll.bonus < 0 ? "-" : "+";
        const std::string size = std::to_string(std::abs(roll.bonus));
        const std::string name = std::to_string(roll.dice) + "d" + std::to_string(roll.sides);
        if (roll.bonus != 0) shown += " " + sign + " " + size;
        return name + (roll.bonus ? sign + size : "") + ": " + shown + " = **" + std::to_string(total) + "**";
    }

    std::random_device random_;  // the system's own randomness: nobody can foresee the next throw
};

}  // namespace

RIPOSTE_PLUGIN(Dice, "dice", "1.0.0")
