#pragma once

#include "base/result.hpp"
#include "protocol/types.hpp"

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// What a client asks over its socket (docs/protocol.md, "The socket"). Checked for form only; rights come later.
namespace riposte {

class JsonValue;

inline constexpr std::size_t longest_frame_bytes = 64 * 1024;
inline constexpr std::size_t longest_ref_bytes = 256;  // of JSON; a ref is repeated in every answer

struct HelloAction {
    std::map<std::string, Seq> rooms;  // uri -> last seq that the client has
    std::string locale;
    std::string time_zone;
};
struct PostAction {
    std::string room;
    std::string client_msg_id;
    std::string text;
    std::optional<MessageId> reply_to;
    bool as_text = false;  // a leading "/" is no command
    std::vector<FileId> attachments;
};
struct EditAction {
    std::string room;
    MessageId id{};
    std::string text;
};
struct DeleteAction {
    std::string room;
    MessageId id{};
};
struct ReactAction {
    std::string room;
    MessageId id{};
    std::string emoji;
    bool on = true;
};
struct ReadAction {
    std::string room;
    Seq seq = 0;
};
struct TypingAction {
    std::string room;
};
struct CancelAction {
    InvocationId invocation{};
};
struct PingAction {};

using ClientAction = std::variant<HelloAction, PostAction, EditAction, DeleteAction, ReactAction, ReadAction,
                                  TypingAction, CancelAction, PingAction>;

/// A frame as it was read: what is asked, or what is wrong, and in both cases by what the sender knows it again.
struct ParsedFrame {
    Result<ClientAction> action;
    std::string ref_json;       // the frame's "ref" as JSON; "" = none
    std::string client_msg_id;  // of a post, even a wrong one
};

/// UnknownAction, InvalidValue, MalformedRequest or TooLarge in `action`.
ParsedFrame parse_frame(std::string_view frame);

/// The files that a post carries: at most 10, each once. Empty where the field is left out.
Result<std::vector<FileId>> attachments_in(JsonValue post);

}  // namespace riposte
