#pragma once

#include <filesystem>

namespace riposte::sqlite {

/// Keeps a second host away from the data directory for as long as it lives; the kernel frees it with the process,
/// however that ends. Holds the process id for the message that the second one prints.
class LockFile {
public:
    /// Throws std::runtime_error that names the holder.
    explicit LockFile(const std::filesystem::path& file);
    ~LockFile();
    LockFile(const LockFile&) = delete;
    LockFile& operator=(const LockFile&) = delete;

private:
    int descriptor_;
};

}  // namespace riposte::sqlite
