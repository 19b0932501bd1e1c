#pragma once

#include "store/rooms.hpp"
#include "store/sqlite/authorize.hpp"
#include "store/sqlite/transaction.hpp"

namespace riposte::sqlite {

/// People's messages after a seq that are not one's own, and those of them that name one.
struct Unread {
    std::int64_t messages = 0;
    std::int64_t mentions = 0;
};
Unread count_unread(Database& db, const RoomRow& room, UserId user, Seq after);

Result<Room> create_room(Transaction& transaction, UserId owner, const NewRoom& wanted);
Result<std::pair<Room, bool>> direct_room(Transaction& transaction, UserId one, std::string_view other);
Result<Room> room(Database& db, UserId user, std::string_view uri);
Result<std::vector<Room>> rooms_of(Database& db, UserId user);
Result<std::vector<Room>> public_rooms(Database& db, UserId not_in);
Result<Room> update_room(Transaction& transaction, UserId user, std::string_view uri,
                         const std::optional<std::string>& title, std::optional<RoomVisibility> visibility);
Result<Room> set_slow_mode(Transaction& transaction, UserId by, std::string_view uri, std::int64_t seconds);
Result<Room> set_notifications(Transaction& transaction, UserId user, std::string_view uri,
                               std::optional<Notify> notify, std::optional<bool> muted);
Result<> mark_read(Transaction& transaction, UserId user, std::string_view uri, Seq seq);

}  // namespace riposte::sqlite
