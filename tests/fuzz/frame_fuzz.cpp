// A frame as a client's socket delivers it.

#include "promise.hpp"
#include "protocol/actions.hpp"
#include "protocol/events.hpp"
#include "protocol/json_reader.hpp"
#include "protocol/text.hpp"

namespace riposte {
namespace {

/// What goes on to the rest of the host has the form that the rest relies on.
struct Check {
    void operator()(const HelloAction& hello) const {
        for (const auto& [uri, seq] : hello.rooms) PROMISE(check_room_uri(uri) && seq >= 0);
        PROMISE(check_locale(hello.locale) && check_time_zone(hello.time_zone));
    }
    void operator()(const PostAction& post) const {
        PROMISE(check_room_uri(post.room) && check_client_msg_id(post.client_msg_id) && check_message_text(post.text));
    }
    void operator()(const EditAction& edit) const {
        PROMISE(check_room_uri(edit.room) && check_message_text(edit.text));
    }
    void operator()(const DeleteAction& action) const { PROMISE(check_room_uri(action.room)); }
    void operator()(const ReactAction& react) const { PROMISE(check_room_uri(react.room) && check_emoji(react.emoji)); }
    void operator()(const ReadAction& read) const { PROMISE(check_room_uri(read.room) && read.seq >= 0); }
    void operator()(const TypingAction& typing) const { PROMISE(check_room_uri(typing.room)); }
    void operator()(const CancelAction&) const {}
    void operator()(const PingAction&) const {}
};

void check_line(const std::string& line) {
    PROMISE(line.find('\n') == line.npos);
    PROMISE(parse_json_object(line));
}

void check_frame(std::string_view text) {
    const auto frame = parse_frame(text);
    if (frame.action) std::visit(Check(), *frame.action);
    else check_line(event_line::problem(frame.action.error(), frame.ref_json, frame.client_msg_id));
    check_line(event_line::done(frame.ref_json));
}

/// A value written again is JSON of the same shape (a number may lose its last digit).
void check_round_trip(std::string_view text) {
    const auto document = parse_json(text);
    if (!document) return;
    const auto written = document->root().to_json();
    const auto again = parse_json(written);
    PROMISE(again);
    PROMISE(again->root().is_object() == document->root().is_object());
    PROMISE(again->root().elements().size() == document->root().elements().size());
}

}  // namespace
}  // namespace riposte

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    riposte::check_frame(text);
    riposte::check_round_trip(text);
    return 0;
}
