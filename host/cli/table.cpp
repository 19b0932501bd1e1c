#include "cli/table.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <string_view>

namespace riposte {
namespace {

std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xc0) == 0x80) continue;             // not the first byte of a character
        const bool wide = byte >= 0xe3 && byte <= 0xe9;  // U+3000 to U+9FFF: CJK
        width += wide ? 2 : 1;
    }
    return width;
}

std::string with_unit(double number, const char* unit) {
    std::array<char, 32> buffer;
    const bool whole = number >= 10 || number == 0;
    std::snprintf(buffer.data(), buffer.size(), whole ? "%.0f %s" : "%.1f %s", number, unit);
    return buffer.data();
}

}  // namespace

std::string columns(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
    }
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            text += row[i];
            if (i + 1 < row.size()) text.append(widths[i] - width_of(row[i]) + 2, ' ');
        }
        text += '\n';
    }
    return text;
}

std::string duration_text(double milliseconds) {
    return milliseconds < 1000 ? with_unit(milliseconds, "ms") : with_unit(milliseconds / 1000, "s");
}

std::string time_text(double milliseconds) {
    const auto seconds = static_cast<std::time_t>(milliseconds / 1000);
    std::tm local{};
    ::localtime_r(&seconds, &local);
    std::array<char, 32> buffer;
    return {buffer.data(), std::strftime(buffer.data(), buffer.size(), "%F %T", &local)};
}

std::string size_text(double bytes) {
    if (bytes < 1e6) return with_unit(bytes / 1e3, "kB");
    return bytes < 1e9 ? with_unit(bytes / 1e6, "MB") : with_unit(bytes / 1e9, "GB");
}

}  // namespace riposte
