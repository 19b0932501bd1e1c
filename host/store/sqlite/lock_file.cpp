#include "store/sqlite/lock_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

namespace riposte::sqlite {
namespace {

std::string holder(int descriptor) {
    char text[32];
    const auto size = ::pread(descriptor, text, sizeof text, 0);
    return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : "unknown";
}

}  // namespace

LockFile::LockFile(const std::filesystem::path& file)
    : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0)
        throw std::runtime_error("cannot open " + file.string() + ": " + std::strerror(errno) +
                                 "; the data directory must be writable for this user");
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        const auto message = file.parent_path().string() + " is in use by another riposte (process " +
                             holder(descriptor_) + "); stop that one or choose another data directory";
        ::close(descriptor_);
        throw std::runtime_error(message);
    }
    const auto text = std::to_string(::getpid());
    if (::ftruncate(descriptor_, 0) != 0 || ::pwrite(descriptor_, text.data(), text.size(), 0) < 0) {
        // Only the name of the holder is lost; the lock itself stands.
    }
}

LockFile::~LockFile() { ::close(descriptor_); }

}  // namespace riposte::sqlite
