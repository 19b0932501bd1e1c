#pragma once

#include "store/files.hpp"
#include "store/sqlite/authorize.hpp"
#include "store/sqlite/transaction.hpp"

#include <string_view>
#include <vector>

namespace riposte::sqlite {

Result<> may_upload(Database& db, UserId owner, std::string_view uri, std::int64_t size, FileQuota quota);
Result<Attachment> add_file(Transaction& transaction, UserId owner, std::string_view uri, Attachment file);
Result<Attachment> add_thumbnail(Transaction& transaction, UserId owner, FileId id);
Result<Attachment> file(Database& db, UserId user, FileId id);
Result<> remove_file(Transaction& transaction, UserId owner, FileId id);
Result<std::vector<FileId>> forget_files(Transaction& transaction, Timestamp loose_before);

/// The loose files of that owner and room, as a post names them; InvalidValue when one is not to be had.
Result<std::vector<Attachment>> loose_files(Database& db, UserId owner, RoomId room, const std::vector<FileId>& ids);
/// They are in that message from now on.
void attach(Transaction& transaction, std::int64_t message, const std::vector<FileId>& ids);

/// The lines of message_rows.attachments.
std::vector<Attachment> read_attachments(std::string_view lines);

}  // namespace riposte::sqlite
