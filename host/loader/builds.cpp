#include "loader/builds.hpp"

#include "loader/library_file.hpp"

#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <mutex>

namespace riposte {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_library = 512 << 20;

Problem failed(const std::string& what, const std::string& why) {
    return {.code = ErrorCode::PluginRefused, .detail = what + ": " + why, .argument = "stage"};
}

std::string hex(const unsigned char* bytes, std::size_t size) {
    std::string text(size * 2 + 1, '\0');
    ::sodium_bin2hex(text.data(), text.size(), bytes, size);
    text.pop_back();
    return text;
}

/// Copies and hashes in one pass, so the hash is that of the bytes which were written.
Result<std::string> copy_hashed(const fs::path& from, const fs::path& to) {
    std::ifstream source(from, std::ios::binary);
    std::ofstream copy(to, std::ios::binary | std::ios::trunc);
    if (!source) return failed(from.string(), "cannot be read");
    if (!copy) return failed(to.string(), "cannot be written");
    crypto_generichash_state state;
    ::crypto_generichash_init(&state, nullptr, 0, crypto_generichash_BYTES);
    std::uintmax_t size = 0;
    std::vector<char> block(1 << 16);
    while (source.read(block.data(), static_cast<std::streamsize>(block.size())), source.gcount() > 0) {
        const auto bytes = static_cast<std::size_t>(source.gcount());
        if ((size += bytes) > largest_library) return failed(from.string(), "larger than 512 MiB");
        ::crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(block.data()), bytes);
        copy.write(block.data(), source.gcount());
    }
    copy.close();
    if (!copy) return failed(to.string(), "cannot be written");
    unsigned char hash[crypto_generichash_BYTES];
    ::crypto_generichash_final(&state, hash, sizeof hash);
    return hex(hash, sizeof hash);
}

/// Readable by the workers' users, whatever the host's umask.
void open_for_reading(const fs::path& path) {
    std::error_code ignored;
    const bool folder = fs::is_directory(path, ignored);
    fs::permissions(path, static_cast<fs::perms>(folder ? 0755 : 0644), ignored);
}

Result<Build> keep_now(const fs::path& folder, const fs::path& source) {
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) return failed(folder.string(), failure.message());
    open_for_reading(folder);
    const auto incoming = folder / ("incoming-" + std::to_string(::getpid()) + ".so");
    const auto hash = copy_hashed(source, incoming);
    const auto usable = hash ? check_library_file(incoming) : Result<>(hash.error());
    if (!usable) {
        fs::remove(incoming, failure);
        return usable.error();
    }
    open_for_reading(incoming);
    const auto file = folder / (*hash + ".so");
    // The same bytes stay the same file: a worker that is starting may read this one and no other.
    if (fs::exists(file, failure)) fs::remove(incoming, failure);
    else fs::rename(incoming, file, failure);
    if (failure) return failed(file.string(), failure.message());
    return Build{*hash, file, {}};
}

Result<> append_now(const fs::path& arriving, const std::string& piece) {
    std::error_code failure;
    fs::create_directories(arriving.parent_path(), failure);
    std::ofstream file(arriving, std::ios::binary | std::ios::app);
    file.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    file.close();
    if (!file) return failed("the upload", "cannot be written to " + arriving.parent_path().string());
    return {};
}

Result<> put_now(const fs::path& build, const fs::path& target) {
    std::error_code failure;
    const auto incoming = target.parent_path() / ("." + target.filename().string() + "." + std::to_string(::getpid()));
    fs::create_directories(target.parent_path(), failure);
    fs::copy_file(build, incoming, fs::copy_options::overwrite_existing, failure);
    if (!failure) fs::rename(incoming, target, failure);
    if (!failure) return {};
    std::error_code ignored;
    fs::remove(incoming, ignored);
    return failed(target.string(), failure.message());
}

Result<std::string> make_data_directory(const fs::path& folder, std::uint32_t user) {
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) return failed(folder.string(), failure.message());
    open_for_reading(folder.parent_path());
    fs::permissions(folder, fs::perms::owner_all, failure);
    if (user != 0 && ::chown(folder.c_str(), user, user) != 0) return failed(folder.string(), std::strerror(errno));
    return fs::absolute(folder).string();
}

}  // namespace

Builds::Builds(fs::path data_directory)
    : builds_(fs::absolute(data_directory) / "plugin-builds"), data_(fs::absolute(data_directory) / "plugin-data") {
    if (::sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

Builds::~Builds() { files_->join(); }

template <class T, class Work>
Awaitable<T> Builds::on_files_thread(Work work) {
    auto start = [this, work](std::function<void(T)> done) {
        asio::post(*files_, [work, done = std::move(done)] { done(work()); });
    };
    auto wait = await_callback<T>(start);
    co_return co_await std::move(wait);
}

Awaitable<Result<Build>> Builds::keep(fs::path source) {
    auto work = on_files_thread<Result<Build>>([folder = builds_, source] { return keep_now(folder, source); });
    co_return co_await std::move(work);
}

fs::path Builds::arriving(Uuid upload) const { return builds_ / ("arriving-" + upload.to_string()); }

Awaitable<Result<>> Builds::append(fs::path arriving, std::string piece) {
    auto work = on_files_thread<Result<>>(
        [arriving = std::move(arriving), piece = std::move(piece)] { return append_now(arriving, piece); });
    co_return co_await std::move(work);
}

Awaitable<Result<>> Builds::put(Build build, fs::path target) {
    auto work = on_files_thread<Result<>>(
        [from = std::move(build.file), target = std::move(target)] { return put_now(from, target); });
    co_return co_await std::move(work);
}

Result<Build> Builds::find(const std::string& hash) const {
    auto file = builds_ / (hash + ".so");
    std::error_code failure;
    if (hash.empty() || !fs::exists(file, failure))
        return Problem{.code = ErrorCode::NotFound, .detail = "the host's copy of this build is gone"};
    return Build{hash, std::move(file), {}};
}

Awaitable<Result<fs::path>> Builds::copy_for(Build build, std::int64_t generation) {
    auto copy = builds_ / ("live-" + std::to_string(::getpid()) + "-" + build.hash.substr(0, 16) + "-" +
                           std::to_string(generation) + ".so");
    auto work = on_files_thread<Result<fs::path>>([from = build.file, copy]() -> Result<fs::path> {
        std::error_code failure;
        fs::remove(copy, failure);
        fs::copy_file(from, copy, failure);
        if (failure) return failed(copy.string(), failure.message());
        return copy;
    });
    co_return co_await std::move(work);
}

void Builds::forget(const fs::path& copy) {
    asio::post(*files_, [copy] {
        std::error_code ignored;
        fs::remove(copy, ignored);
    });
}

Awaitable<> Builds::drop_others(std::vector<std::string> kept) {
    auto work = on_files_thread<bool>([folder = builds_, kept = std::move(kept)] {
        std::error_code ignored;
        std::vector<fs::path> others;
        for (const auto& entry : fs::directory_iterator(folder, ignored))
            if (std::find(kept.begin(), kept.end(), entry.path().stem().string()) == kept.end())
                others.push_back(entry.path());
        for (const auto& path : others) fs::remove(path, ignored);
        return true;
    });
    co_await std::move(work);
}

Awaitable<Result<std::string>> Builds::data_directory(std::string plugin, std::uint32_t user) {
    auto work = on_files_thread<Result<std::string>>(
        [folder = data_ / plugin, user] { return make_data_directory(folder, user); });
    co_return co_await std::move(work);
}

namespace {

/// Inside a container only some uids may exist.
bool is_mapped(std::uint32_t user) {
    std::ifstream map("/proc/self/uid_map");
    std::uint64_t inside = 0;
    std::uint64_t outside = 0;
    std::uint64_t count = 0;
    while (map >> inside >> outside >> count)
        if (user >= inside && user - inside < count) return true;
    return false;
}

}  // namespace

std::uint32_t unprivileged_user(std::string_view plugin) {
    constexpr std::uint32_t nobody = 65534;
    constexpr std::uint32_t first = 0x70000000;  // to 0x7fffffff: used by nobody (systemd.io/UIDS-GIDS)
    if (::geteuid() != 0) return 0;
    std::uint32_t hash = 2166136261u;  // FNV-1a
    for (const char c : plugin) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    const auto user = first + (hash & 0x0fffffffu);
    return is_mapped(user) ? user : nobody;
}

}  // namespace riposte
