#pragma once

#include "ask/database.hpp"
#include "ask/document.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace riposte::ask {

/// Raised when tables or tokens change: an index of another format is built anew, and not served.
inline constexpr int index_format = 2;

/// The number of a passage holds that of its source, so that no look-up is needed to know whose a hit is.
inline constexpr int passage_bits = 16;
inline constexpr std::size_t most_passages = std::size_t{1} << passage_bits;  // of one source

constexpr std::int64_t passage_id(std::int64_t source, std::size_t place) {
    return (source << passage_bits) + static_cast<std::int64_t>(place);
}
constexpr std::int64_t source_of(std::int64_t passage) { return passage >> passage_bits; }
/// 0 for the first passage of its source.
constexpr std::int64_t place_of(std::int64_t passage) { return passage - passage_id(source_of(passage), 0); }

/// What tells an unchanged file without reading it.
struct Stamp {
    std::int64_t size;
    std::int64_t modified;  ///< nanoseconds, in the clock of std::filesystem
};

/// Writes an index file. Nothing is seen by anybody before commit().
///
/// Two full-text tables hold terms only (content=''): whole pages, to find the right document, and passages, to find
/// the right place in it. The text itself lies in `passages`.
class Index {
public:
    /// `settings` says how the documents were read; an index made with others is emptied.
    Index(const std::filesystem::path& file, std::string_view settings);

    bool is_unchanged(const std::string& path, const Stamp& stamp);

    /// Same bytes, new stamp (a `git checkout`, a `touch`): true, and the stamp is noted.
    bool has_same_bytes(const std::string& path, const Stamp& stamp, std::int64_t hash);

    /// `name` is what users see as the source. At most `most_passages` are kept.
    void replace(const std::string& path, const std::string& name, const Stamp& stamp, std::int64_t hash,
                 const Document& document);
    void erase(const std::string& path);
    std::vector<std::string> paths();
    std::int64_t count_passages();
    void commit();

private:
    void write_words(std::string_view command, std::int64_t source, const Document& document);

    Database db_;
};

/// The headings of a passage as one string, and back.
std::string join_headings(const std::vector<std::string>& headings);
std::vector<std::string> split_headings(std::string_view joined);

}  // namespace riposte::ask
