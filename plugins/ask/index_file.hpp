#pragma once

#include "ask/search.hpp"

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace riposte::ask {

/// An index that may be replaced while it serves. One thread at a time.
class IndexFile {
public:
    /// Throws DatabaseError as Search does.
    explicit IndexFile(std::filesystem::path path);

    /// The index as it is on disk now. When a new file is unusable the one already open serves on; trouble() says why.
    Search& current();

    /// Why the newest file does not serve; empty when it does.
    const std::string& trouble() const { return trouble_; }

private:
    /// What changes when a file is replaced by a rename, or written over.
    struct Identity {
        dev_t device = 0;
        ino_t inode = 0;
        std::int64_t modified = 0;  ///< nanoseconds
        std::int64_t size = 0;
        bool operator==(const Identity&) const = default;
    };
    static Identity identity_of(const std::filesystem::path& path);

    std::filesystem::path path_;
    Identity seen_;
    std::unique_ptr<Search> search_;
    std::string trouble_;
};

}  // namespace riposte::ask
