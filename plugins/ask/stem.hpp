#pragma once

#include <string>

namespace riposte::ask {

/// Porter's stemmer for English: "rooms" and "room", "indexed" and "indexing" become one word.
/// `word` is lower case; words that are not plain a–z, or shorter than three letters, come back as they are.
std::string stem(std::string word);

}  // namespace riposte::ask
