#include "store/sqlite/backup.hpp"

#include "store/sqlite/database.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace riposte::sqlite {
namespace {

std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out.append(c == '\'' ? 2 : 1, c);
    return out + "'";
}

bool sync(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool synced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return synced;
}

/// "ok", or what is wrong with the file.
std::string integrity(const std::filesystem::path& file) {
    Database copy(file, Mode::ReadOnly);
    return copy.value("PRAGMA integrity_check(1)");
}

}  // namespace

Result<std::int64_t> backup(const std::filesystem::path& source, const std::filesystem::path& file) {
    std::error_code failure;
    if (std::filesystem::exists(file, failure))
        return Problem{.code = ErrorCode::InvalidValue, .detail = "the file exists", .argument = "file"};
    try {
        Database(source, Mode::ReadOnly).script("VACUUM INTO " + quoted(file.string()));
        if (!sync(file) || !sync(std::filesystem::absolute(file).parent_path()))
            throw Failure(0, "cannot sync the copy");
        if (const auto found = integrity(file); found != "ok") throw Failure(0, "the copy is damaged: " + found);
    } catch (const Failure& failed) {
        std::filesystem::remove(file, failure);
        return Problem{.code = ErrorCode::Internal, .detail = failed.what()};
    }
    return static_cast<std::int64_t>(std::filesystem::file_size(file));
}

}  // namespace riposte::sqlite
