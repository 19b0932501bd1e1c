#pragma once

#include <filesystem>
#include <random>
#include <string>

namespace riposte::bench {

/// The room of a million messages, half English, half Chinese, that one person (`reader`) has not read. Words follow
/// Zipf's law, as in any language: the commonest is in most messages.
constexpr int million = 1'000'000;
constexpr auto million_room = "million";

std::string english_word(std::mt19937& random);
std::string chinese_word(std::mt19937& random);

/// Makes the database, indexed, unless the folder has it from an earlier run.
void make_million(const std::filesystem::path& folder);

}  // namespace riposte::bench
