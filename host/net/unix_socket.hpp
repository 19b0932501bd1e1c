#pragma once

#include <filesystem>
#include <string>

namespace riposte {

/// The operator's socket in the file system: owner and group only. Removed when this goes out of scope.
class UnixSocketPath {
public:
    /// A socket that a dead server left behind is replaced; a living server's, or a file that is no socket, is not.
    /// Throws std::runtime_error with what to do.
    explicit UnixSocketPath(std::filesystem::path path);
    ~UnixSocketPath();
    UnixSocketPath(const UnixSocketPath&) = delete;
    UnixSocketPath& operator=(const UnixSocketPath&) = delete;

    /// The listening descriptor; the caller takes it over, once.
    int listening();

private:
    std::filesystem::path path_;
    int descriptor_ = -1;
};

/// "uid 1000, cli": who connected, as the kernel knows it; "" when it does not, and then nobody is an operator.
std::string operator_behind(int descriptor);

}  // namespace riposte
