#pragma once

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "loader/plugin_description.hpp"

#include <boost/asio/thread_pool.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <filesystem>
#include <string>
#include <vector>

namespace riposte {

/// A build in the host's keeping.
struct Build {
    std::string hash;  // BLAKE2b-256, hex
    std::filesystem::path file;
    PluginDescription description;
};

/// Whether a hash is in a record's list.
inline bool holds(const std::vector<std::string>& hashes, const std::string& hash) {
    return std::ranges::find(hashes, hash) != hashes.end();
}

/// The host's own copies of plugins' libraries, named by their hash, and the folders that plugins may write to. Works on
/// a thread of its own; awaitables resume on the caller's executor.
class Builds {
public:
    explicit Builds(std::filesystem::path data_directory);
    /// Waits for what the thread has begun; nothing is begun after that.
    ~Builds();

    /// Copies a library, hashes the copy, which nobody else can change, and checks its header (library_file.hpp).
    Awaitable<Result<Build>> keep(std::filesystem::path source);
    /// Where a build arrives piece by piece; keep() takes it from there.
    std::filesystem::path arriving(Uuid upload) const;
    Awaitable<Result<>> append(std::filesystem::path arriving, std::string piece);
    /// A copy of a kept build for everybody to see, whole under its name when this returns.
    Awaitable<Result<>> put(Build build, std::filesystem::path target);
    /// NotFound when it is not kept.
    Result<Build> find(const std::string& hash) const;
    /// A second copy for one in-process generation: the dynamic linker gives the old code for a file it knows.
    Awaitable<Result<std::filesystem::path>> copy_for(Build build, std::int64_t generation);
    void forget(const std::filesystem::path& copy);
    /// Drops copies whose hash is not among `kept`.
    Awaitable<> drop_others(std::vector<std::string> kept);

    /// The thread on which this works, for what else may block.
    std::shared_ptr<asio::thread_pool> files_thread() const { return files_; }

    /// The plugin's own folder, made if need be, owned by `user`.
    Awaitable<Result<std::string>> data_directory(std::string plugin, std::uint32_t user);

private:
    template <class T, class Work>
    Awaitable<T> on_files_thread(Work work);

    std::filesystem::path builds_;
    std::filesystem::path data_;
    std::shared_ptr<asio::thread_pool> files_ = std::make_shared<asio::thread_pool>(1);
};

/// The uid for a plugin's worker where the host is root: the same for ever, no other plugin's as far as a hash can tell,
/// from a range that nobody allocates. 65534 where this system maps no such uid. 0 when the host is not root.
std::uint32_t unprivileged_user(std::string_view plugin);

}  // namespace riposte
