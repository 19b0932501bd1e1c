#pragma once

#include "protocol/types.hpp"
#include "store/sqlite/database.hpp"
#include "store/sqlite/writer.hpp"

namespace riposte::sqlite {

/// [writer] Brings new messages into the index in pieces, in quiet moments: a post does not pay for it.
class SearchIndexer : public Background {
public:
    bool step(Database& db) override;
};

/// Edits and deletes change the index at once, in their own transaction, with the text as it was; what has not been
/// indexed yet needs nothing. A stream is indexed when it ends.
void remove_from_index(Database& db, const Message& message);
void add_to_index(Database& db, const Message& message);

/// The token that stands for a room in the index.
std::string room_token(RoomId room);

}  // namespace riposte::sqlite
