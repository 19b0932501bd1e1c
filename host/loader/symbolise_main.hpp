#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace riposte {

constexpr int symbolise_words = 5;

/// The program `riposte worker symbolise LIBRARY ADDRESS USER LANDLOCK`, a child of the host: confines itself to reading this
/// one library, without network, processes or other programs, then becomes addr2line. A library that nobody vouches for is never read with the host's rights.
/// `words` begin with "symbolise".
int symbolise_main(char** words);

/// Runs it and waits, a few seconds at most: what addr2line printed, "" when it could not tell.
std::string symbolise_confined(const std::filesystem::path& executable, const std::filesystem::path& library,
                               std::uint64_t address, std::uint32_t user, bool require_landlock);

}  // namespace riposte
