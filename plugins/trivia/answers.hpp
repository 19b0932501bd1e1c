#pragma once

#include "questions.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

/// What "Canberra|Canberra City" accepts.
inline std::vector<std::string_view> accepted(std::string_view answers) {
    std::vector<std::string_view> found;
    while (true) {
        const std::size_t end = std::min(answers.find('|'), answers.size());
        found.push_back(answers.substr(0, end));
        if (end == answers.size()) return found;
        answers.remove_prefix(end + 1);
    }
}

/// The form in which answers are compared: full-width letters and digits made plain, lower case, without spaces,
/// punctuation and a leading article, so that "The Pacific." is "pacific" and "１９４５ 年" is "1945年".
inline std::string compared(std::string_view text) {
    std::string plain;
    while (!text.empty()) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
        // U+FF01..U+FF5E are ASCII at full width: EF BC 81 .. EF BD 9E.
        const bool wide = text.size() >= 3 && byte(0) == 0xEF && (byte(1) == 0xBC || byte(1) == 0xBD);
        if (wide) plain += static_cast<char>(byte(2) - 0x80 + (byte(1) == 0xBC ? 0x20 : 0x60));
        else plain += text.front();
        text.remove_prefix(wide ? 3 : 1);
    }
    std::transform(plain.begin(), plain.end(), plain.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    for (const std::string_view article : {"the ", "an ", "a "})
        if (plain.starts_with(article)) {
            plain.erase(0, article.size());
            break;
        }
    for (const std::string_view mark : {"　", "。", "、", "·", "《", "》", "“", "”", "—"})
        for (std::size_t at = 0; (at = plain.find(mark, at)) != std::string::npos;) plain.erase(at, mark.size());
    std::erase_if(plain, [](char c) {
        return c == ' ' || (c >= '!' && c <= '/' && c != '+') || c == ':' || c == ';' || c == '?';
    });
    return plain;
}

inline bool is_right(const Question& question, std::string_view answer) {
    const std::string given = compared(answer);
    for (const char* answers : {question.answer, question.chinese_answer})
        for (const std::string_view right : accepted(answers))
            if (!given.empty() && compared(right) == given) return true;
    return false;
}
