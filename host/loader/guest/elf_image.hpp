#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace riposte::guest {

/// The file of a library, mapped: who asks it for names allocates nothing, so that a signal handler may. Hidden symbols are
/// found too, unless the file was stripped.
class ElfImage {
public:
    struct Symbol {
        const char* name = nullptr;  // mangled; null: none there
        std::uintptr_t offset = 0;   // of the address from its beginning
    };

    ElfImage() = default;
    explicit ElfImage(const char* path);
    ~ElfImage();
    ElfImage(const ElfImage&) = delete;
    ElfImage& operator=(const ElfImage&) = delete;

    /// The function at an address, counted from where the library is loaded.
    Symbol function_at(std::uintptr_t address) const;
    std::span<const unsigned char> build_id() const;

private:
    /// Part of the file; null when it is not all there.
    template <class T>
    const T* at(std::uint64_t offset, std::uint64_t count = 1) const;

    const unsigned char* bytes_ = nullptr;
    std::size_t size_ = 0;
};

/// "_ZN7Weather3nowEv" -> "Weather::now", as much of it as `size` bytes hold with the terminating zero; what is not
/// understood stays as it is. Allocates nothing.
void readable_name(const char* mangled, char* out, std::size_t size);

}  // namespace riposte::guest
