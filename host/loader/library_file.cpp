#include "loader/library_file.hpp"

#include "loader/refusal.hpp"

#include <elf.h>
#include <link.h>

#include <cstring>
#include <fstream>
#include <optional>
#include <string>

namespace riposte {
namespace {

using Header = ElfW(Ehdr);

std::optional<Header> header_of(const std::filesystem::path& file) {
    Header header{};
    std::ifstream stream(file, std::ios::binary);
    if (!stream.read(reinterpret_cast<char*>(&header), sizeof header)) return std::nullopt;
    if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return std::nullopt;
    return header;
}

/// This program's own: what it is made for, plugins must be made for.
const Header& own_header() {
    static const Header own = header_of("/proc/self/exe").value_or(Header{});
    return own;
}

std::string machine_name(unsigned machine) {
    switch (machine) {
        case EM_X86_64: return "x86-64";
        case EM_AARCH64: return "AArch64";
        case EM_386: return "32-bit x86";
        case EM_ARM: return "32-bit ARM";
        case EM_RISCV: return "RISC-V";
        default: return "machine " + std::to_string(machine);
    }
}

Problem cannot(const std::string& why) { return refused("load", "cannot be loaded: " + why); }

}  // namespace

Result<> check_library_file(const std::filesystem::path& file) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(file, failure);
    if (failure) return cannot(failure.message());
    if (size == 0) return cannot("the file is empty");
    const auto header = header_of(file);
    if (!header) return cannot("it is not an ELF file, as shared libraries are");
    const auto& own = own_header();
    if (header->e_machine != own.e_machine)
        return cannot("it is built for " + machine_name(header->e_machine) + ", this server runs on " +
                      machine_name(own.e_machine));
    if (std::memcmp(header->e_ident, own.e_ident, EI_OSABI) != 0)
        return cannot("it is built for another word size or byte order");
    if (header->e_type != ET_DYN) return cannot("it is a program or an object file, not a shared library");
    const auto needed = header->e_shoff + std::uint64_t{header->e_shnum} * header->e_shentsize;
    if (header->e_shoff > size || needed > size)
        return cannot("the file is cut short: " + std::to_string(size) + " of at least " + std::to_string(needed) +
                      " bytes");
    return {};
}

}  // namespace riposte
