#include "commands/duration.hpp"

#include "protocol/unicode.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace riposte {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds longest = std::chrono::hours(24 * 3660);
constexpr milliseconds second{1000};
constexpr milliseconds minute{60'000};
constexpr milliseconds hour{3'600'000};
constexpr milliseconds day{86'400'000};

struct Unit {
    std::string_view name;
    milliseconds length;
};
// Longer names before their own beginnings.
constexpr auto units = std::to_array<Unit>({
    {"seconds", second}, {"second", second}, {"secs", second}, {"sec", second},  {"s", second},   {"minutes", minute},
    {"minute", minute},  {"mins", minute},   {"min", minute},  {"m", minute},    {"hours", hour}, {"hour", hour},
    {"hrs", hour},       {"hr", hour},       {"h", hour},      {"days", day},    {"day", day},    {"d", day},
    {"weeks", 7 * day},  {"week", 7 * day},  {"w", 7 * day},   {"秒钟", second}, {"秒", second},  {"分钟", minute},
    {"分", minute},      {"小时", hour},     {"钟头", hour},   {"天", day},      {"日", day},     {"星期", 7 * day},
    {"礼拜", 7 * day},   {"周", 7 * day},
});

bool is_ascii(std::string_view text) { return static_cast<unsigned char>(text.front()) < 0x80; }

/// A place in the text that only moves on when something was read.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    std::size_t at() const { return at_; }
    CodePoint point() const { return code_point_at(text_, at_); }

    bool take(std::string_view word) {
        if (ascii_lower(text_.substr(at_, word.size())) != word) return false;
        at_ += word.size();
        return true;
    }
    void skip_spaces() {
        while (point().bytes > 0 && is_space(point().value)) at_ += point().bytes;
    }
    bool at_boundary() const { return point().bytes == 0 || is_space(point().value); }

    /// "10", "１.５"
    std::optional<double> digits() {
        std::string plain;
        while (point().bytes > 0 && plain.size() < 12) {
            const auto c = narrow(point().value);
            if (!(c >= '0' && c <= '9') && c != '.') break;
            plain += static_cast<char>(c);
            at_ += point().bytes;
        }
        double value = 0;
        const auto read = std::from_chars(plain.data(), plain.data() + plain.size(), value);
        if (plain.empty() || read.ec != std::errc() || read.ptr != plain.data() + plain.size()) return std::nullopt;
        return value;
    }
    /// 一 to 九百九十九, and 两.
    std::optional<double> han_numeral() {
        static constexpr std::u32string_view numerals = U"零一二三四五六七八九";
        double total = 0;
        double digit = -1;
        bool any = false;
        for (;; any = true, at_ += point().bytes) {
            const auto c = point().value == U'两' ? U'二' : point().value;
            if (const auto value = numerals.find(c); value != numerals.npos) {
                digit = static_cast<double>(value);
            } else if (c == U'十' || c == U'百') {
                total += (digit < 0 ? 1 : digit) * (c == U'十' ? 10 : 100);
                digit = -1;
            } else {
                break;
            }
        }
        if (!any) return std::nullopt;
        return total + std::max(digit, 0.0);
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

struct Piece {
    milliseconds unit;
    milliseconds length;
    bool latin;  // its unit: then the word must end behind the duration
};

std::optional<double> read_count(Reader& reader) {
    if (reader.take("半")) {
        reader.take("个");
        return 0.5;
    }
    auto count = reader.digits();
    if (!count) count = reader.han_numeral();
    if (!count) return std::nullopt;
    reader.skip_spaces();
    if (reader.take("个") && reader.take("半")) *count += 0.5;
    return count;
}

/// One number and its unit; a Latin unit ends where its word ends or where the next number begins ("1h30m").
std::optional<Piece> read_piece(Reader& reader) {
    const auto count = read_count(reader);
    if (!count) return std::nullopt;
    for (const auto& unit : units) {
        if (!reader.take(unit.name)) continue;
        const auto next = narrow(reader.point().value);
        const bool number_follows = next >= '0' && next <= '9';
        if (is_ascii(unit.name) && !reader.at_boundary() && !number_follows) return std::nullopt;
        const double length = *count * static_cast<double>(unit.length.count());
        if (length > static_cast<double>(longest.count())) return std::nullopt;
        return Piece{unit.length, milliseconds(std::llround(length)), is_ascii(unit.name)};
    }
    return std::nullopt;
}

}  // namespace

std::optional<ReadDuration> read_duration(std::string_view text) {
    Reader reader(text);
    ReadDuration duration;
    // Each unit is smaller than the one before: "10m 2 days off" says ten minutes.
    milliseconds smallest = milliseconds::max();
    bool ended = false;
    for (;;) {
        const auto piece = read_piece(reader);
        if (!piece || piece->unit >= smallest) break;
        smallest = piece->unit;
        duration.length += piece->length;
        for (const auto* after : {"以后", "之后", "后"})
            if (reader.take(after)) break;
        duration.bytes = reader.at();
        ended = reader.at_boundary() || !piece->latin;
        reader.skip_spaces();
    }
    return ended && duration.length <= longest ? std::optional(duration) : std::nullopt;
}

std::string to_string(milliseconds length) {
    static constexpr std::pair<milliseconds, const char*> parts[] = {
        {day, "d"}, {hour, "h"}, {minute, "m"}, {second, "s"}};
    std::string text;
    for (const auto& [unit, name] : parts) {
        if (length < unit) continue;
        const auto left = length % unit;
        if (unit == second && left.count() > 0) break;
        text += std::to_string(length / unit) + name;
        length = left;
    }
    if (length.count() > 0) {
        // Thousandths come from "1.5s" only.
        auto fraction = std::to_string(static_cast<double>(length.count()) / 1000);
        fraction.erase(fraction.find_last_not_of('0') + 1);
        text += fraction + 's';
    }
    return text.empty() ? "0s" : text;
}

}  // namespace riposte
