#include "base/read_file.hpp"

#include <fstream>

namespace riposte {

std::optional<std::string> read_file(const std::filesystem::path& file) {
    std::error_code unreadable;
    const auto size = std::filesystem::file_size(file, unreadable);
    std::ifstream in(file, std::ios::binary);
    if (unreadable || !in) return std::nullopt;
    std::string bytes(size, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(size));
    if (in.bad()) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

}  // namespace riposte
