#pragma once

#include <string>
#include <string_view>
#include <vector>

// The words of which HTTP header fields are made. ASCII only. Pure functions, any thread.
namespace riposte {

bool is_alphanumeric(char c);
/// One or more of the characters that RFC 9110 allows in a method or a field's name.
bool is_token(std::string_view text);
std::string lower_case(std::string_view text);
/// Without spaces and tabs at either end.
std::string_view without_blanks(std::string_view text);
/// The items of a comma-separated field, trimmed, empty ones left out.
std::vector<std::string_view> list_items(std::string_view value);

/// One item of Accept, Accept-Language or Accept-Encoding: "zh-CN;q=0.8".
struct Preference {
    std::string name;  // lower case
    double quality = 1;
};
/// In the order of the client's wishes; those with q=0 come last.
std::vector<Preference> preferences(std::string_view value);

/// "zh-CN" where the client prefers any Chinese to English, else "en".
std::string preferred_locale(std::string_view accept_language);

}  // namespace riposte
