#include "ask/stem.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

// M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980). The names of the steps are his.

namespace riposte::ask {
namespace {

struct Rule {
    std::string_view suffix, replacement;
};

constexpr std::array step_2{
    Rule{"ational", "ate"}, Rule{"tional", "tion"}, Rule{"enci", "ence"}, Rule{"anci", "ance"}, Rule{"izer", "ize"},
    Rule{"bli", "ble"},     Rule{"alli", "al"},     Rule{"entli", "ent"}, Rule{"eli", "e"},     Rule{"ousli", "ous"},
    Rule{"ization", "ize"}, Rule{"ation", "ate"},   Rule{"ator", "ate"},  Rule{"alism", "al"},  Rule{"iveness", "ive"},
    Rule{"fulness", "ful"}, Rule{"ousness", "ous"}, Rule{"aliti", "al"},  Rule{"iviti", "ive"}, Rule{"biliti", "ble"},
    Rule{"logi", "log"}};
constexpr std::array step_3{Rule{"icate", "ic"}, Rule{"ative", ""}, Rule{"alize", "al"}, Rule{"iciti", "ic"},
                            Rule{"ical", "ic"},  Rule{"ful", ""},   Rule{"ness", ""}};
constexpr std::array step_4{Rule{"al", ""},   Rule{"ance", ""}, Rule{"ence", ""}, Rule{"er", ""},    Rule{"ic", ""},
                            Rule{"able", ""}, Rule{"ible", ""}, Rule{"ant", ""},  Rule{"ement", ""}, Rule{"ment", ""},
                            Rule{"ent", ""},  Rule{"ion", ""},  Rule{"ou", ""},   Rule{"ism", ""},   Rule{"ate", ""},
                            Rule{"iti", ""},  Rule{"ous", ""},  Rule{"ive", ""},  Rule{"ize", ""}};

bool is_vowel(std::string_view word, std::size_t at) {
    if (word[at] == 'y') return at > 0 && !is_vowel(word, at - 1);
    return std::string_view("aeiou").find(word[at]) != std::string_view::npos;
}

bool has_vowel(std::string_view word) {
    for (std::size_t at = 0; at < word.size(); ++at)
        if (is_vowel(word, at)) return true;
    return false;
}

/// Porter's m: how many times a run of vowels is followed by a run of consonants.
int measure(std::string_view word) {
    int count = 0;
    for (std::size_t at = 1; at < word.size(); ++at)
        if (is_vowel(word, at - 1) && !is_vowel(word, at)) ++count;
    return count;
}

bool ends_in_double_consonant(std::string_view word) {
    const std::size_t size = word.size();
    return size >= 2 && word[size - 1] == word[size - 2] && !is_vowel(word, size - 1);
}

/// Consonant, vowel, consonant, the last not w, x or y: "hop", which takes an e back in "hoping".
bool ends_in_short_syllable(std::string_view word) {
    const std::size_t size = word.size();
    return size >= 3 && !is_vowel(word, size - 1) && is_vowel(word, size - 2) && !is_vowel(word, size - 3) &&
           std::string_view("wxy").find(word.back()) == std::string_view::npos;
}

std::string_view without(const std::string& word, std::string_view suffix) {
    return std::string_view(word).substr(0, word.size() - suffix.size());
}

/// Applies the longest rule that fits, if what is left before its suffix measures more than `more_than`.
void replace_suffix(std::string& word, std::span<const Rule> rules, int more_than) {
    const Rule* found = nullptr;
    for (const Rule& rule : rules)
        if (word.ends_with(rule.suffix) && (!found || rule.suffix.size() > found->suffix.size())) found = &rule;
    if (!found) return;
    const std::string_view root = without(word, found->suffix);
    if (measure(root) <= more_than) return;
    if (found->suffix == "ion" && !root.ends_with('s') && !root.ends_with('t')) return;
    word.replace(root.size(), std::string::npos, found->replacement);
}

void strip_plural(std::string& word) {  // step 1a
    if (word.ends_with("sses") || word.ends_with("ies")) word.resize(word.size() - 2);
    else if (word.ends_with('s') && !word.ends_with("ss")) word.pop_back();
}

void strip_ed_and_ing(std::string& word) {  // step 1b
    if (word.ends_with("eed")) {
        if (measure(without(word, "eed")) > 0) word.pop_back();
        return;
    }
    const std::string_view suffix = word.ends_with("ed") ? "ed" : word.ends_with("ing") ? "ing" : "";
    if (suffix.empty() || !has_vowel(without(word, suffix))) return;
    word.resize(word.size() - suffix.size());
    if (word.ends_with("at") || word.ends_with("bl") || word.ends_with("iz")) word.push_back('e');
    else if (ends_in_double_consonant(word) && std::string_view("lsz").find(word.back()) == std::string_view::npos)
        word.pop_back();
    else if (measure(word) == 1 && ends_in_short_syllable(word)) word.push_back('e');
}

void strip_final_e(std::string& word) {  // step 5
    if (word.ends_with('e')) {
        const std::string_view root = without(word, "e");
        const int syllables = measure(root);
        if (syllables > 1 || (syllables == 1 && !ends_in_short_syllable(root))) word.pop_back();
    }
    if (word.ends_with("ll") && measure(word) > 1) word.pop_back();
}

}  // namespace

std::string stem(std::string word) {
    const bool plain = std::ranges::all_of(word, [](char letter) { return letter >= 'a' && letter <= 'z'; });
    if (!plain || word.size() < 3) return word;
    strip_plural(word);
    strip_ed_and_ing(word);
    if (word.ends_with('y') && has_vowel(without(word, "y"))) word.back() = 'i';  // step 1c
    replace_suffix(word, step_2, 0);
    replace_suffix(word, step_3, 0);
    replace_suffix(word, step_4, 1);
    strip_final_e(word);
    return word;
}

}  // namespace riposte::ask
