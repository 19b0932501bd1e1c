#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "protocol/types.hpp"

#include <boost/asio/thread_pool.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace riposte {

enum class FilePart : std::uint8_t { Whole, Thumbnail };

/// The bytes of what people upload, under data/files by id: no name from outside ever becomes a path. Every call works on
/// the [files] thread and resumes on the caller's executor; what the disk refuses is Internal, and logged.
class FileStorage {
public:
    /// Makes the folder and throws away what an earlier run did not finish. Throws where the folder is unusable.
    explicit FileStorage(const std::filesystem::path& data_directory);
    ~FileStorage();

    /// Adds to a file that is still arriving.
    Awaitable<Result<>> append(FileId id, std::string bytes);
    /// What arrived is whole: on disk for good, as a part of `id`, when this returns.
    Awaitable<Result<>> keep(FileId arrived, FileId id, FilePart part);
    /// Gives up on one that was arriving.
    void discard(FileId id);
    Awaitable<Result<std::int64_t>> size(FileId id, FilePart part);
    /// At most `count` bytes from `offset` on; fewer at the end.
    Awaitable<Result<std::string>> read(FileId id, FilePart part, std::int64_t offset, std::size_t count);
    void remove(std::vector<FileId> ids);

private:
    template <class T, class Work>
    Awaitable<Result<T>> on_files(Work work);
    std::filesystem::path arriving(FileId id) const;
    std::filesystem::path kept(FileId id, FilePart part) const;

    const std::filesystem::path directory_;
    asio::thread_pool files_{1};
};

}  // namespace riposte
