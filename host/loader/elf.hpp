#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace riposte {

/// What a shared library says of itself before anything of it runs. Names are as a C++ programmer writes them.
struct ElfFacts {
    std::vector<std::string> exported;       // defined, for the dynamic linker
    std::vector<std::string> unique;         // of those, the ones that pin the library in memory (STB_GNU_UNIQUE)
    std::vector<std::string> thread_locals;  // variables of each thread, if the library has its symbol table
    bool never_unloaded = false;             // linked with -z nodelete
    bool has_thread_destructors =
        false;  // some variable of a thread has one: it pins the library until that thread ends
};

/// InvalidValue when it is no 64-bit ELF library, or one cut short.
Result<ElfFacts> read_elf(const std::filesystem::path& file);

/// Why the dynamic linker may keep such a library in memory when it is closed; "" when nothing speaks for it. One line, ASCII.
std::string what_keeps_it_mapped(const ElfFacts& facts);

}  // namespace riposte
