// /convert 3 km mile, /换算 3 公里 英里, /units length: units of everyday, and what fits while one types.
#include "conversion.hpp"

#include <riposte/plugin.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr int longest_name = 40;  // characters

class Units {
public:
    static void describe(riposte::Description<Units>& plugin) {
        plugin.about("Units", {"Converts units of measure", "单位换算"});
        plugin.command("/convert", &Units::convert, {"Convert between units", "单位换算"})
            .alias("/换算")
            .number("amount", {.summary = {"How much", "数值"}, .required = true})
            .text("from", {.summary = {"km, mile, °C, GiB", "公里、斤、摄氏度"},
                           .required = true,
                           .maximum = longest_name,
                           .suggests = true})
            .text("to", {.summary = {"A unit of the same quantity", "同类单位"},
                         .required = true,
                         .maximum = longest_name,
                         .suggests = true});
        std::vector<std::string> choices;
        for (const QuantityWords& quantity : quantities) choices.emplace_back(quantity.english);
        for (const QuantityWords& quantity : quantities) choices.emplace_back(quantity.chinese);
        plugin.command("/units", &Units::list, {"Which units there are", "有哪些单位"})
            .alias("/单位")
            .author_only()
            .choice("quantity", choices, {.summary = {"Empty lists all", "留空则全部列出"}});
    }

    void convert(riposte::Invocation call) {
        const Unit* from = known(call, "from");
        const Unit* to = from ? known(call, "to") : nullptr;
        if (!to) return;
        if (from->quantity != to->quantity) return call.fail(mismatch(call, *from, *to));
        const double amount = call.number("amount");
        if (from->quantity == Quantity::Temperature && amount * from->factor + from->offset < -1e-9)
            return call.fail(
                call.words("Nothing is colder than absolute zero (0 K).", "没有比绝对零度（0 K）更低的温度。"));
        call.reply(shown(amount) + " " + name(call, *from) + " = **" + shown(converted(amount, *from, *to)) + " " +
                   name(call, *to) + "**");
    }

    void list(riposte::Invocation call) {
        std::string text;
        for (std::size_t i = 0; i < quantities.size(); ++i) {
            const QuantityWords& words = quantities[i];
            if (const auto wanted = call.text("quantity");
                !wanted.empty() && wanted != words.english && wanted != words.chinese)
                continue;
            text += (text.empty() ? "**" : "\n\n**") + std::string(call.words(words.english, words.chinese)) + "** — " +
                    names(call, static_cast<Quantity>(i));
        }
        call.reply(text);
    }

    /// For "to" those that fit "from", in the language of the user.
    void suggest(riposte::SuggestionRequest request) {
        const Unit* from = request.option() == "to" ? find_unit(request.text("from")) : nullptr;
        for (const Unit* unit :
             units_like(request.typed(), from ? &from->quantity : nullptr, RIPOSTE_MAX_SUGGESTIONS)) {
            if (unit == from) continue;
            const bool chinese = request.locale().starts_with("zh");
            const QuantityWords& words = words_of(unit->quantity);
            const std::string_view other = chinese ? unit->symbol : unit->chinese;
            request.suggest(chinese ? unit->chinese : unit->symbol,
                            std::string(other) + " · " + (chinese ? words.chinese : words.english));
        }
    }

private:
    static std::string name(const riposte::Invocation& call, const Unit& unit) {
        return std::string(call.words(unit.symbol, unit.chinese));
    }

    /// The names of all units of a quantity.
    static std::string names(const riposte::Invocation& call, Quantity quantity) {
        std::string text;
        for (const Unit* unit : units_like("", &quantity, units.size()))
            text += (text.empty() ? "" : std::string(call.words(", ", "、"))) + name(call, *unit);
        return text;
    }

    /// The unit that the argument names; without one, the call has failed.
    static const Unit* known(const riposte::Invocation& call, std::string_view argument) {
        const std::string_view given = call.text(argument);
        if (const Unit* unit = find_unit(given)) return unit;
        const std::string said = "“" + std::string(given) + "”";
        std::string text = std::string(call.words("There is no unit ", "没有单位")) + said;
        const std::vector<std::string_view> close = close_names(given);
        for (const std::string_view& each : close)
            text += std::string(&each == &close.front() ? call.words(". Did you mean ", "。你是指")
                                                        : call.words(", ", "、")) +
                    std::string(each);
        text += close.empty() ? call.words("; /units lists all.", "；/单位 列出所有单位。") : call.words("?", "？");
        call.fail(text);
        return nullptr;
    }

    static std::string mismatch(const riposte::Invocation& call, const Unit& from, const Unit& to) {
        const auto quantity = [&](const Unit& unit) {
            return std::string(call.words(words_of(unit.quantity).english, words_of(unit.quantity).chinese));
        };
        return name(call, from) + std::string(call.words(" measures ", "是")) + quantity(from) +
               std::string(call.words(", ", "单位，")) + name(call, to) + std::string(call.words(" measures ", "是")) +
               quantity(to) + std::string(call.words(". What fits ", "单位。与")) + name(call, from) +
               std::string(call.words(": ", "同类的有：")) + names(call, from.quantity);
    }
};

}  // namespace

RIPOSTE_PLUGIN(Units, "units", "1.0.0")
