#include "ask/readers/readers.hpp"

#include "ask/utf8.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace riposte::ask {
namespace {

constexpr std::size_t largest_text = 16U << 20;  // bytes, unpacked; the largest manual page of Debian has 3 MB

using Read = Document (*)(const std::string&, std::string_view);

struct Format {
    std::string_view ending;
    Read read;
};

constexpr std::array formats{Format{".md", read_markdown}, Format{".markdown", read_markdown},
                             Format{".html", read_html},   Format{".htm", read_html},
                             Format{".txt", read_plain},   Format{".text", read_plain}};

/// ".1", ".3posix", ".8.gz" without the ".gz".
bool is_manual_ending(std::string_view ending) {
    return ending.size() >= 2 && ending[1] >= '1' && ending[1] <= '9' &&
           std::ranges::all_of(ending.substr(2), [](char letter) { return letter >= 'a' && letter <= 'z'; });
}

Read reader_for(const std::filesystem::path& name) {
    const std::string ending = name.extension().string();
    const auto format = std::ranges::find(formats, ending, &Format::ending);
    if (format != formats.end()) return format->read;
    return is_manual_ending(ending) ? read_manual : nullptr;
}

std::filesystem::path without_gz(std::filesystem::path name) {
    if (name.extension() == ".gz") name.replace_extension();
    return name;
}

std::string unpack(std::string_view bytes) {
    z_stream stream{};
    if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) throw Unreadable("cannot unpack: out of memory");
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string text;
    std::array<char, 65536> chunk;
    int result = Z_OK;
    while (result == Z_OK && text.size() <= largest_text) {
        stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
        stream.avail_out = static_cast<uInt>(chunk.size());
        result = inflate(&stream, Z_NO_FLUSH);
        text.append(chunk.data(), chunk.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (text.size() <= largest_text && result != Z_STREAM_END) throw Unreadable("is no whole gzip file");
    return text;
}

}  // namespace

bool is_readable(const std::filesystem::path& name) { return reader_for(without_gz(name)) != nullptr; }

Document read_document(const std::filesystem::path& path, std::string_view bytes) {
    const std::filesystem::path name = without_gz(path);
    const Read read = reader_for(name);
    if (!read) throw Unreadable("is of no known format");
    std::string unpacked;
    if (path.extension() == ".gz") bytes = unpacked = unpack(bytes);
    if (bytes.size() > largest_text) throw Unreadable("is larger than 16 MiB");
    if (bytes.find('\0') != std::string_view::npos) throw Unreadable("is binary");
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (!is_utf8(bytes)) throw Unreadable("is not UTF-8");
    Document document = read(name.filename().string(), bytes);
    if (document.passages.empty()) throw Unreadable("has no text");
    return document;
}

}  // namespace riposte::ask
