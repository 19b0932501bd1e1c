#include "ask/refresh.hpp"

#include "ask/index.hpp"
#include "ask/readers/readers.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <set>

namespace riposte::ask {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = 32U << 20;  // bytes on disk

struct Found {
    fs::path path;
    std::string name;  ///< as seen by users: below its root
};

std::vector<Found> find_documents(const std::vector<fs::path>& roots) {
    std::vector<Found> found;
    for (const fs::path& root : roots) {
        if (fs::is_regular_file(root)) found.push_back({root, root.filename().string()});
        else
            for (const fs::directory_entry& entry :
                 fs::recursive_directory_iterator(root, fs::directory_options::skip_permission_denied))
                if (entry.is_regular_file() && !entry.is_symlink() && is_readable(entry.path()))
                    found.push_back({entry.path(), entry.path().lexically_relative(root).string()});
    }
    std::ranges::sort(found, {}, &Found::path);
    return found;
}

std::string read_bytes(const fs::path& path) {
    if (fs::file_size(path) > largest_file) throw Unreadable("is larger than 32 MiB");
    std::ifstream stream(path, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (!stream && !stream.eof()) throw Unreadable("cannot be read");
    return bytes;
}

/// FNV-1a; tells changed from unchanged, nothing more.
std::int64_t hash_of(std::string_view bytes) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
    return static_cast<std::int64_t>(hash);
}

Stamp stamp_of(const fs::path& path) {
    return {static_cast<std::int64_t>(fs::file_size(path)),
            static_cast<std::int64_t>(fs::last_write_time(path).time_since_epoch().count())};
}

std::string settings_of(const RefreshOptions& options) {
    std::string settings;
    for (const std::string& section : options.without_sections) settings += "without " + section + "\n";
    return settings;
}

enum class Outcome { Unchanged, Touched, Added };

Outcome refresh_one(Index& index, const Found& found, const RefreshOptions& options) {
    const std::string path = found.path.string();
    const Stamp stamp = stamp_of(found.path);
    if (index.is_unchanged(path, stamp)) return Outcome::Unchanged;
    const std::string bytes = read_bytes(found.path);
    const std::int64_t hash = hash_of(bytes);
    if (index.has_same_bytes(path, stamp, hash)) return Outcome::Touched;
    Document document = read_document(found.path, bytes);
    leave_out(document, options.without_sections);
    if (document.passages.empty()) throw Unreadable("has no text");
    index.replace(path, found.name, stamp, hash, document);
    return Outcome::Added;
}

/// A copy beside the index, removed unless it takes the index's place.
class WorkingCopy {
public:
    explicit WorkingCopy(const fs::path& file)
        : file_(file), copy_(file.string() + ".new-" + std::to_string(::getpid())) {
        fs::remove(copy_);
        if (fs::exists(file_)) fs::copy_file(file_, copy_);
    }
    ~WorkingCopy() {
        std::error_code ignored;
        fs::remove(copy_, ignored);
    }
    WorkingCopy(const WorkingCopy&) = delete;
    WorkingCopy& operator=(const WorkingCopy&) = delete;

    const fs::path& path() const { return copy_; }

    void take_its_place() {
        sync(copy_, O_RDWR);
        fs::rename(copy_, file_);
        sync(file_.has_parent_path() ? file_.parent_path() : ".", O_RDONLY);
    }

private:
    static void sync(const fs::path& path, int mode) {
        const int descriptor = ::open(path.c_str(), mode | O_CLOEXEC);
        if (descriptor < 0) return;
        ::fsync(descriptor);
        ::close(descriptor);
    }

    fs::path file_, copy_;
};

}  // namespace

Refreshed refresh(const fs::path& file, const RefreshOptions& options) {
    const std::vector<Found> documents = find_documents(options.roots);
    WorkingCopy copy(file);
    Refreshed result;
    bool touched = !fs::exists(file);
    {
        Index index(copy.path(), settings_of(options));
        std::set<std::string> seen;
        for (std::size_t at = 0; at < documents.size(); ++at) {
            const Found& found = documents[at];
            try {
                const Outcome outcome = refresh_one(index, found, options);
                outcome == Outcome::Added ? ++result.added : ++result.unchanged;
                touched = touched || outcome != Outcome::Unchanged;
                seen.insert(found.path.string());
            } catch (const Unreadable& problem) {
                ++result.skipped;
                options.skipped(found.path, problem.what());
            } catch (const fs::filesystem_error& problem) {  // gone, or not ours to read
                ++result.skipped;
                options.skipped(found.path, problem.code().message());
            }
            options.progress(at + 1, documents.size());
        }
        for (const std::string& path : index.paths())
            if (!seen.contains(path)) index.erase(path), ++result.removed;
        result.passages = index.count_passages();
        index.commit();
    }
    if (touched || result.removed > 0) copy.take_its_place();
    return result;
}

}  // namespace riposte::ask
