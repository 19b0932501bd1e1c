#include "net/file_type.hpp"

#include "protocol/unicode.hpp"

#include <algorithm>
#include <array>

namespace riposte {
namespace {

using namespace std::string_view_literals;

struct Signature {
    std::size_t offset;
    std::string_view bytes;
    std::string_view type;
};

constexpr auto signatures = std::to_array<Signature>({
    {0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
    {0, "\xff\xd8\xff"sv, "image/jpeg"},
    {0, "GIF87a"sv, "image/gif"},
    {0, "GIF89a"sv, "image/gif"},
    {8, "WEBP"sv, "image/webp"},
    {0, "%PDF-"sv, "application/pdf"},
    {0, "PK\x03\x04"sv, "application/zip"},
    {0, "\x1f\x8b"sv, "application/gzip"},
    {4, "ftyp"sv, "video/mp4"},
    {0, "\x1a\x45\xdf\xa3"sv, "video/webm"},
    {0, "OggS"sv, "audio/ogg"},
    {0, "ID3"sv, "audio/mpeg"},
    {0, "fLaC"sv, "audio/flac"},
});

constexpr std::array pictures{"image/png"sv, "image/jpeg"sv, "image/gif"sv, "image/webp"sv};

/// Text that may be cut in the middle of its last character.
bool is_text(std::string_view bytes) {
    if (bytes.find('\0') != std::string_view::npos) return false;
    for (std::size_t cut = 0; cut < 4 && cut <= bytes.size(); ++cut)
        if (valid_utf8(bytes.substr(0, bytes.size() - cut))) return true;
    return false;
}

}  // namespace

std::string_view file_type(std::string_view first_bytes) {
    for (const auto& known : signatures)
        if (first_bytes.size() > known.offset && first_bytes.substr(known.offset).starts_with(known.bytes))
            return known.type;
    return is_text(first_bytes) ? "text/plain" : "application/octet-stream";
}

bool is_picture(std::string_view type) { return std::ranges::find(pictures, type) != pictures.end(); }

}  // namespace riposte
