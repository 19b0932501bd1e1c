#include "loader/elf.hpp"

#include "base/read_file.hpp"

#include <cxxabi.h>
#include <elf.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <set>

namespace riposte {
namespace {

Problem wrong(std::string detail) { return {.code = ErrorCode::InvalidValue, .detail = std::move(detail)}; }

/// Reads within the bounds of the file, whatever it says of itself.
class Image {
public:
    explicit Image(std::string bytes) : bytes_(std::move(bytes)) {}

    template <class T>
    std::optional<T> at(std::uint64_t offset) const {
        if (offset > bytes_.size() || bytes_.size() - offset < sizeof(T)) return std::nullopt;
        T value;
        std::memcpy(&value, bytes_.data() + offset, sizeof value);
        return value;
    }
    std::string text_at(std::uint64_t offset) const {
        const auto end = offset < bytes_.size() ? bytes_.find('\0', offset) : std::string::npos;
        return end == std::string::npos ? "" : bytes_.substr(offset, end - offset);
    }

private:
    std::string bytes_;
};

std::string demangled(const std::string& name) {
    int status = 0;
    char* text = abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status);
    std::string result = status == 0 ? text : name;
    std::free(text);
    return result.substr(0, result.find("[abi:"));  // what a compiler adds is not what anybody wrote
}

template <class Visit>
void each_symbol(const Image& image, const std::vector<Elf64_Shdr>& sections, std::uint32_t type, Visit visit) {
    for (const auto& section : sections) {
        if (section.sh_type != type || section.sh_entsize < sizeof(Elf64_Sym) || section.sh_link >= sections.size())
            continue;
        const auto names = sections[section.sh_link].sh_offset;
        for (std::uint64_t offset = 0; offset + section.sh_entsize <= section.sh_size; offset += section.sh_entsize) {
            const auto symbol = image.at<Elf64_Sym>(section.sh_offset + offset);
            if (!symbol) return;
            if (symbol->st_name != 0) visit(*symbol, image.text_at(names + symbol->st_name));
        }
    }
}

bool is_exported(const Elf64_Sym& symbol) {
    const auto binding = ELF64_ST_BIND(symbol.st_info);
    const auto visibility = ELF64_ST_VISIBILITY(symbol.st_other);
    const bool seen = visibility == STV_DEFAULT || visibility == STV_PROTECTED;
    return symbol.st_shndx != SHN_UNDEF && symbol.st_shndx != SHN_ABS && binding != STB_LOCAL && seen;
}

bool has_nodelete(const Image& image, const std::vector<Elf64_Shdr>& sections) {
    for (const auto& section : sections) {
        if (section.sh_type != SHT_DYNAMIC) continue;
        for (std::uint64_t offset = 0; offset + sizeof(Elf64_Dyn) <= section.sh_size; offset += sizeof(Elf64_Dyn)) {
            const auto entry = image.at<Elf64_Dyn>(section.sh_offset + offset);
            if (!entry || entry->d_tag == DT_NULL) break;
            if (entry->d_tag == DT_FLAGS_1 && (entry->d_un.d_val & DF_1_NODELETE) != 0) return true;
        }
    }
    return false;
}

}  // namespace

Result<ElfFacts> read_elf(const std::filesystem::path& file) {
    auto bytes = read_file(file);
    if (!bytes) return wrong("cannot be read");
    const Image image(std::move(*bytes));
    const auto header = image.at<Elf64_Ehdr>(0);
    if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) return wrong("is not an ELF file");
    if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_type != ET_DYN) return wrong("is not a 64-bit library");
    std::vector<Elf64_Shdr> sections;
    for (std::uint64_t i = 0; i < header->e_shnum; ++i) {
        const auto section = image.at<Elf64_Shdr>(header->e_shoff + i * sizeof(Elf64_Shdr));
        if (!section) return wrong("is cut short");
        sections.push_back(*section);
    }

    ElfFacts facts;
    facts.never_unloaded = has_nodelete(image, sections);
    each_symbol(image, sections, SHT_DYNSYM, [&](const Elf64_Sym& symbol, const std::string& name) {
        if (name == "__cxa_thread_atexit" || name == "__cxa_thread_atexit_impl") facts.has_thread_destructors = true;
        if (!is_exported(symbol)) return;
        facts.exported.push_back(demangled(name));
        if (ELF64_ST_BIND(symbol.st_info) == STB_GNU_UNIQUE) facts.unique.push_back(demangled(name));
    });
    std::set<std::string> thread_locals;
    each_symbol(image, sections, SHT_SYMTAB, [&](const Elf64_Sym& symbol, const std::string& name) {
        const bool own = ELF64_ST_TYPE(symbol.st_info) == STT_TLS && symbol.st_shndx != SHN_UNDEF;
        if (own && !name.starts_with("__tls_guard")) thread_locals.insert(demangled(name));
    });
    facts.thread_locals.assign(thread_locals.begin(), thread_locals.end());
    return facts;
}

namespace {

/// A name from a file that nobody vouches for, to be shown in one line.
std::string quoted(const std::string& name) {
    constexpr std::size_t longest = 80;
    std::string shown;
    for (const char c : name.substr(0, longest)) shown += c > 0x1f && c < 0x7f ? c : '?';
    return "\"" + shown + "\"";
}

/// The plugin's own before those that come with a header of the standard library: the author knows them.
const std::string& most_telling(const std::vector<std::string>& names) {
    const auto own = std::ranges::find_if(names, [](const std::string& name) { return !name.starts_with("std::"); });
    return own == names.end() ? names.front() : *own;
}

}  // namespace

std::string what_keeps_it_mapped(const ElfFacts& facts) {
    if (facts.never_unloaded) return "it was linked with -z nodelete";
    if (!facts.unique.empty())
        return quoted(most_telling(facts.unique)) + " is a unique symbol, which pins it; build with -fno-gnu-unique";
    if (!facts.has_thread_destructors) return {};
    if (facts.thread_locals.empty()) return "a thread_local variable has a destructor";
    return "thread_local " + quoted(facts.thread_locals.front()) + " has a destructor";
}

}  // namespace riposte
