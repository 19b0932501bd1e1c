#include "loader/guest/elf_image.hpp"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

namespace riposte::guest {

using Header = ElfW(Ehdr);
using Section = ElfW(Shdr);
using Entry = ElfW(Sym);
using Note = ElfW(Nhdr);

ElfImage::ElfImage(const char* path) {
    const int file = ::open(path, O_RDONLY | O_CLOEXEC);
    struct stat status {};
    if (file >= 0 && ::fstat(file, &status) == 0 && status.st_size > 0) {
        auto* const map = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, file, 0);
        if (map != MAP_FAILED) {
            bytes_ = static_cast<const unsigned char*>(map);
            size_ = static_cast<std::size_t>(status.st_size);
        }
    }
    if (file >= 0) ::close(file);
}

ElfImage::~ElfImage() {
    if (bytes_ != nullptr) ::munmap(const_cast<unsigned char*>(bytes_), size_);
}

template <class T>
const T* ElfImage::at(std::uint64_t offset, std::uint64_t count) const {
    if (offset > size_ || count > (size_ - offset) / sizeof(T) || offset % alignof(T) != 0) return nullptr;
    return reinterpret_cast<const T*>(bytes_ + offset);
}

ElfImage::Symbol ElfImage::function_at(std::uintptr_t address) const {
    const auto* header = at<Header>(0);
    const auto* sections = header == nullptr ? nullptr : at<Section>(header->e_shoff, header->e_shnum);
    if (sections == nullptr) return {};
    for (const auto kind : {SHT_SYMTAB, SHT_DYNSYM})
        for (int i = 0; i < header->e_shnum; ++i) {
            const auto& section = sections[i];
            if (static_cast<int>(section.sh_type) != kind || section.sh_link >= header->e_shnum) continue;
            const auto& names = sections[section.sh_link];
            const auto count = section.sh_size / sizeof(Entry);
            const auto* symbols = at<Entry>(section.sh_offset, count);
            const auto* text = at<char>(names.sh_offset, names.sh_size);
            if (symbols == nullptr || text == nullptr || names.sh_size == 0 || text[names.sh_size - 1] != 0) continue;
            for (std::size_t j = 0; j < count; ++j) {
                const auto& symbol = symbols[j];
                if (ELF64_ST_TYPE(symbol.st_info) == STT_FUNC && symbol.st_value <= address &&
                    address - symbol.st_value < symbol.st_size && symbol.st_name < names.sh_size)
                    return {text + symbol.st_name, address - symbol.st_value};
            }
        }
    return {};
}

std::span<const unsigned char> ElfImage::build_id() const {
    const auto* header = at<Header>(0);
    const auto* sections = header == nullptr ? nullptr : at<Section>(header->e_shoff, header->e_shnum);
    if (sections == nullptr) return {};
    for (int i = 0; i < header->e_shnum; ++i) {
        if (sections[i].sh_type != SHT_NOTE) continue;
        const auto* note = at<Note>(sections[i].sh_offset);
        if (note == nullptr || note->n_type != NT_GNU_BUILD_ID || note->n_namesz != 4) continue;
        if (const auto* id = at<unsigned char>(sections[i].sh_offset + sizeof(Note) + 4, note->n_descsz))
            return {id, note->n_descsz};
    }
    return {};
}

namespace {

/// Reads the names of a mangled one, the common forms only.
class NameReader {
public:
    NameReader(const char* rest, char* out, std::size_t size) : rest_(rest), out_(out), size_(size) {}

    bool read() {
        const bool nested = *rest_ == 'N';
        if (nested)
            for (++rest_; *rest_ == 'K' || *rest_ == 'V' || *rest_ == 'r' || *rest_ == 'R' || *rest_ == 'O';) ++rest_;
        if (rest_[0] == 'S' && rest_[1] == 't') put("std", 3), rest_ += 2;
        while (*rest_ >= '1' && *rest_ <= '9') {
            if (!part()) return false;
            if (!nested) return true;
        }
        if (!nested || used_ == 0) return false;
        if (*rest_ == 'C') put(last_, last_size_);               // constructor
        if (*rest_ == 'D') put("~", 1), add(last_, last_size_);  // destructor
        if (*rest_ == 'I') add("<>", 2);                         // template arguments: left out
        if (*rest_ == 'U') put("lambda", 6);                     // or another closure
        return true;
    }

private:
    bool part() {
        std::size_t length = 0;
        for (; *rest_ >= '0' && *rest_ <= '9'; ++rest_) length = length * 10 + static_cast<std::size_t>(*rest_ - '0');
        if (::strnlen(rest_, length) < length) return false;
        last_ = rest_;
        last_size_ = length;
        if (length > 8 && std::memcmp(rest_, "_GLOBAL_", 8) == 0) put("(anonymous)", 11);
        else put(rest_, length);
        rest_ += length;
        return true;
    }
    void put(const char* text, std::size_t length) {
        if (used_ > 0) add("::", 2);
        add(text, length);
    }
    void add(const char* text, std::size_t length) {
        for (std::size_t i = 0; i < length && used_ + 1 < size_; ++i) out_[used_++] = text[i];
        out_[used_] = 0;
    }

    const char* rest_;
    char* out_;
    std::size_t size_;
    std::size_t used_ = 0;
    const char* last_ = "";
    std::size_t last_size_ = 0;
};

}  // namespace

void readable_name(const char* mangled, char* out, std::size_t size) {
    if (mangled[0] == '_' && mangled[1] == 'Z' && NameReader(mangled + 2, out, size).read()) return;
    const auto length = ::strnlen(mangled, size - 1);
    std::memcpy(out, mangled, length);
    out[length] = 0;
}

}  // namespace riposte::guest
