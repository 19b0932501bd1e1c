#pragma once

#include <filesystem>
#include <memory>
#include <random>

namespace riposte {

/// A disk that loses its power, for the databases of one folder. While it lives it is SQLite's default VFS: it passes
/// everything on to the real one and remembers, for each file, what has been synced and what has only been written.
class ForgetfulVfs {
public:
    explicit ForgetfulVfs(const std::filesystem::path& watched);
    ~ForgetfulVfs();

    /// Writes into another folder the files as a disk would have them that lost power now: all that was synced and, of what was
    /// only written since, each sector or not, as `random` has it; with none, nothing of it.
    void lose_power(const std::filesystem::path& into, std::mt19937* random = nullptr);

    struct Disk;

private:
    std::unique_ptr<Disk> disk_;
};

}  // namespace riposte
