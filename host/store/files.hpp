#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "protocol/types.hpp"

#include <string>
#include <vector>

namespace riposte {

struct FileQuota {
    std::int64_t bytes = 0;  // that one person's files may take in all
};

/// What is known of the files under data/files; their bytes lie with FileStorage (net). Rights by authorize().
class FileRecords {
public:
    virtual ~FileRecords() = default;
    /// Before the first byte is taken: may this person put a file of that size into the room? TooLarge over the quota.
    virtual Awaitable<Result<>> may_upload(UserId owner, std::string room, std::int64_t size, FileQuota quota) = 0;
    /// The bytes are on disk. In no message yet: only its owner sees it.
    virtual Awaitable<Result<Attachment>> add_file(UserId owner, std::string room, Attachment file) = 0;
    /// Its thumbnail is on disk, too. Owner only, before it is in a message.
    virtual Awaitable<Result<Attachment>> add_thumbnail(UserId owner, FileId id) = 0;
    /// For whoever may read the room, while its message stands.
    virtual Awaitable<Result<Attachment>> file(UserId user, FileId id) = 0;
    /// Owner only, while it is in no message.
    virtual Awaitable<Result<>> remove_file(UserId owner, FileId id) = 0;
    /// Forgets what nobody can see any more: of deleted messages, and loose ones from before `loose_before`.
    /// The ids, so that the bytes can go.
    virtual Awaitable<Result<std::vector<FileId>>> forget_files(Timestamp loose_before) = 0;
};

}  // namespace riposte
