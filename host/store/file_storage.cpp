#include "store/file_storage.hpp"

#include "base/log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace riposte {
namespace {

namespace fs = std::filesystem;

class Descriptor {
public:
    Descriptor(const fs::path& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
        if (number_ < 0) throw std::system_error(errno, std::generic_category(), path.string());
    }
    ~Descriptor() { ::close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }

private:
    int number_;
};

void write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::write(descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw std::system_error(errno, std::generic_category(), "write");
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void sync(const fs::path& path) {
    const Descriptor file(path, O_RDONLY);
    if (::fsync(file.number()) != 0) throw std::system_error(errno, std::generic_category(), path.string());
}

std::string read_some(const fs::path& path, std::int64_t offset, std::size_t count) {
    const Descriptor file(path, O_RDONLY);
    std::string bytes(count, '\0');
    const auto read = ::pread(file.number(), bytes.data(), count, offset);
    if (read < 0) throw std::system_error(errno, std::generic_category(), path.string());
    bytes.resize(static_cast<std::size_t>(read));
    return bytes;
}

}  // namespace

FileStorage::FileStorage(const fs::path& data_directory) : directory_(data_directory / "files") {
    fs::remove_all(directory_ / "arriving");
    fs::create_directories(directory_ / "arriving");
    fs::permissions(directory_, fs::perms::owner_all);
}

FileStorage::~FileStorage() { files_.join(); }

/// What the disk refuses becomes a problem: to its caller, and in the log.
template <class T, class Work>
Awaitable<Result<T>> FileStorage::on_files(Work work) {
    auto start = [this, work = std::move(work)](auto done) mutable {
        asio::post(files_, [work = std::move(work), done = std::move(done)]() mutable {
            Result<T> result = Problem{};
            try {
                result = work();
            } catch (const std::system_error& failed) {
                log::error("a file could not be kept or read", {{"what", failed.what()}});
            }
            done(std::move(result));
        });
    };
    return await_callback<Result<T>>(std::move(start));
}

Awaitable<Result<>> FileStorage::append(FileId id, std::string bytes) {
    return on_files<void>([path = arriving(id), bytes = std::move(bytes)]() -> Result<> {
        const Descriptor file(path, O_WRONLY | O_CREAT | O_APPEND);
        write_all(file.number(), bytes);
        return {};
    });
}

Awaitable<Result<>> FileStorage::keep(FileId arrived, FileId id, FilePart part) {
    return on_files<void>([from = arriving(arrived), to = kept(id, part)]() -> Result<> {
        fs::create_directories(to.parent_path());
        sync(from);
        fs::rename(from, to);
        sync(to.parent_path());
        return {};
    });
}

void FileStorage::discard(FileId id) {
    asio::post(files_, [path = arriving(id)] {
        std::error_code ignored;
        fs::remove(path, ignored);
    });
}

Awaitable<Result<std::int64_t>> FileStorage::size(FileId id, FilePart part) {
    return on_files<std::int64_t>([path = kept(id, part)]() -> Result<std::int64_t> {
        if (!fs::exists(path)) return Problem{.code = ErrorCode::NotFound};
        return static_cast<std::int64_t>(fs::file_size(path));
    });
}

Awaitable<Result<std::string>> FileStorage::read(FileId id, FilePart part, std::int64_t offset, std::size_t count) {
    return on_files<std::string>(
        [path = kept(id, part), offset, count]() -> Result<std::string> { return read_some(path, offset, count); });
}

void FileStorage::remove(std::vector<FileId> ids) {
    asio::post(files_, [this, ids = std::move(ids)] {
        std::error_code ignored;
        for (const auto& id : ids)
            for (const auto part : {FilePart::Whole, FilePart::Thumbnail}) fs::remove(kept(id, part), ignored);
    });
}

fs::path FileStorage::arriving(FileId id) const { return directory_ / "arriving" / id.to_string(); }

/// Spread over 256 folders by the id's last, random byte.
fs::path FileStorage::kept(FileId id, FilePart part) const {
    const auto name = id.to_string();
    return directory_ / name.substr(name.size() - 2) / (name + (part == FilePart::Thumbnail ? ".thumbnail" : ""));
}

}  // namespace riposte
