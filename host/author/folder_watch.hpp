#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace riposte {

/// Notices when the sources in a folder, or one file, change. What a build writes (build/, target/) and what editors put
/// beside a file is left out. One thread.
class FolderWatch {
public:
    /// A folder with all its subfolders, or one file. Throws std::runtime_error when it cannot be watched.
    explicit FolderWatch(const std::filesystem::path& what);
    ~FolderWatch();
    FolderWatch(const FolderWatch&) = delete;

    /// Readable when something may have changed; for poll().
    int file() const { return notify_; }
    /// The name of what has changed, once nothing more changes for 50 ms; "" if nothing that counts.
    std::string changed();

private:
    void add(const std::filesystem::path& folder);
    std::string read();
    bool counts(const std::string& name) const;

    int notify_;
    std::string only_;  // the one file; "" = all
    std::map<int, std::filesystem::path> folders_;
};

}  // namespace riposte
