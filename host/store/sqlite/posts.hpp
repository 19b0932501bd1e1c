#pragma once

#include "store/messages.hpp"
#include "store/sqlite/room_log.hpp"
#include "store/sqlite/transaction.hpp"
#include "store/sqlite/write.hpp"

namespace riposte::sqlite {

Result<Posted> post(Transaction& transaction, const NewMessage& wanted);

/// A post that is also acknowledged to a socket.
class PostWrite : public WriteOf<Posted> {
public:
    PostWrite(NewMessage message, std::optional<AckAddress> address, Done done);
    std::optional<Ack> ack() const override;

private:
    const std::string room_;
    const std::string client_msg_id_;
    const std::optional<AckAddress> address_;
};

/// Stores the message as the next event of its room and emits it. `message` comes with author, text and what it refers
/// to; id, room, seq and time are filled in. Returns the row (messages.id).
std::int64_t append_message(Transaction& transaction, RoomRow& room, Message& message);

}  // namespace riposte::sqlite
