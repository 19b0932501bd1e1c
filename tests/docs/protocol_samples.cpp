// Prints one sample of everything that the protocol writes, as lines of "where its schema stands" TAB JSON.

#include "commands/catalogue_json.hpp"
#include "protocol/events.hpp"
#include "protocol/json.hpp"

#include <iostream>

namespace riposte {
namespace {

void print(std::string_view schema, std::string_view json) { std::cout << schema << '\t' << json << '\n'; }

template <class T>
void print_object(std::string_view name, const T& value) {
    print("openapi.yaml#/components/schemas/" + std::string(name), to_json(value));
}

void print_line(std::string_view name, const std::string& line) {
    print("asyncapi.yaml#/components/messages/" + std::string(name) + "/payload", line);
}

User alice() { return {UserId{7}, "alice", "Alice 🎲", false, true}; }

Room room() {
    Room room;
    room.uri = "tea";
    room.title = "Tea";
    room.role = Role::Owner;
    return room;
}

Message message() {
    Message message;
    message.id = Uuid::make();
    message.room = "tea";
    message.seq = 5;
    message.author = alice();
    message.text = "hi";
    message.client_msg_id = "c1";
    return message;
}

Invocation invocation(InvocationState state) {
    Invocation invocation;
    invocation.id = Uuid::make();
    invocation.room = "tea";
    invocation.plugin = "dice";
    invocation.command = "/dice";
    invocation.text = "/dice 6";
    invocation.state = state;
    if (state != InvocationState::Failed) return invocation;
    invocation.message_id = Uuid::make();
    invocation.code = ErrorCode::TimedOut;
    invocation.ended_at = 2;
    invocation.replies = {{0, "one"}};
    return invocation;
}

Problem problem() {
    Problem problem;
    problem.code = ErrorCode::BadArgument;
    problem.detail = "sides must be 2 to 1000";
    problem.argument = "sides";
    problem.position = 6;
    problem.usage = "/dice [sides=6]";
    problem.suggestions = {"6"};
    problem.retry_after_s = 1;
    return problem;
}

void print_objects() {
    print_object("User", alice());
    print_object("Me", Me{alice(), 1, "zh-CN"});
    print_object("Room", room());
    auto direct = room();
    direct.kind = RoomKind::Direct;
    direct.role.reset();
    direct.peer = alice();
    print_object("Room", direct);
    print_object("Message", message());
    auto answer = message();
    answer.edited_at = 3;
    answer.reply_to = answer.invocation = Uuid::make();
    answer.client_msg_id.clear();
    answer.state = MessageState::Streaming;
    print_object("Message", answer);
    print_object("Invocation", invocation(InvocationState::Queued));
    print_object("Invocation", invocation(InvocationState::Failed));
    auto rich = message();
    rich.reactions = {{"👍", {"alice", "bob"}}};
    rich.attachments = {{Uuid::make(), "tea.png", "image/png", 120, 40, 30, true},
                        {Uuid::make(), "a.txt", "text/plain", 3}};
    print_object("Message", rich);
    print_object("Report", Report{1, message(), "Tea", alice(), "spam", 2});
    print_object("SearchHit", SearchHit{message(), "Tea", "…hi…"});

    std::string json;
    append_json(json, Member{alice(), Role::Moderator, 1}, true, false);
    print("openapi.yaml#/components/schemas/Member", json);
    json.clear();
    append_json(json, Invite{1, "token", "alice", 1, 2, 3, 0, false}, "http://127.0.0.1/i/token");
    print("openapi.yaml#/components/schemas/Invite", json);
    json.clear();
    append_json(json, Invite{1, "", "alice", 1, {}, {}, 0, true}, "");
    print("openapi.yaml#/components/schemas/Invite", json);
}

void print_problems() {
    for (std::size_t code = 0; code < static_cast<std::size_t>(ErrorCode::Count_); ++code) {
        Problem bare;
        bare.code = static_cast<ErrorCode>(code);
        std::string json;
        append_json(json, bare, "r1");
        print("openapi.yaml#/components/schemas/Problem", json);
    }
    std::string json;
    append_json(json, problem(), "r1");
    print("openapi.yaml#/components/schemas/Problem", json);
}

void print_events() {
    Event event;
    event.room = "tea";
    event.seq = 5;
    event.actor = "bob";
    event.message = message();
    event.message_id = event.invocation = Uuid::make();
    event.user = alice();
    event.title = "Tea";
    event.plugin = "dice";
    event.emoji = "👍";
    for (const auto kind : {Event::Kind::Post, Event::Kind::Edit, Event::Kind::Delete, Event::Kind::Membership,
                            Event::Kind::Room, Event::Kind::CommandFailed, Event::Kind::Reaction}) {
        event.kind = kind;
        print_object("RoomEvent", event);
        print_line("room_event", to_json(event));
    }
}

void print_commands() {
    OptionSpecification sides;
    sides.name = "sides";
    sides.type = OptionType::Integer;
    sides.minimum = 2;
    sides.otherwise = "6";
    CommandSpecification dice;
    dice.plugin = "dice";
    dice.prefix = "/dice";
    dice.options = {sides};
    print("openapi.yaml#/paths/~1commands/get/responses/200/content/application~1json/schema",
          to_json(Catalogue({dice}, 3), "en"));
}

void print_lines() {
    event_line::Hello hello;
    hello.build = "0.1.0";
    hello.me.user = alice();
    hello.rooms = {room()};
    hello.invocations = {invocation(InvocationState::Running)};
    hello.present = {{"tea", {"alice"}}};
    print_line("hello", event_line::hello(hello));
    print_line("gap", event_line::gap({"tea", 1, 300, 2, 1}));
    print_line("live", event_line::live());
    print_line("pong", event_line::pong());

    Ack ack;
    ack.client_msg_id = "c1";
    ack.room = "tea";
    ack.invocation = Uuid::make();
    print_line("ack", event_line::ack(ack));
    ack.id = Uuid::make();
    ack.seq = 5;
    ack.repeated = true;
    print_line("ack", event_line::ack(ack));
    ack.problem = problem();
    print_line("problem", event_line::ack(ack));
    print_line("problem", event_line::problem(problem(), R"({"any":[1]})"));
    print_line("done", event_line::done("7"));
    print_line("done", event_line::done(""));

    print_line("invocation", event_line::invocation(invocation(InvocationState::Failed)));
    print_line("ephemeral", event_line::ephemeral({UserId{1}, Uuid::make(), "tea", "dice", {0, "psst"}}));
    print_line("stream", event_line::stream("tea", Uuid::make(), 12, "wo"));
    print_line("presence", event_line::presence("tea", {"alice"}, {}));
    print_line("typing", event_line::typing("tea", {"alice"}));
    print_line("read", event_line::read({UserId{1}, "tea", 5}));
    print_line("joined", event_line::joined(room()));
    print_line("my_room", event_line::my_room(room()));
    print_line("removed", event_line::removed("tea", "bob"));
    print_line("catalogue", event_line::catalogue(3));
    for (const auto reason :
         {event_line::ByeReason::Restart, event_line::ByeReason::Slow, event_line::ByeReason::SignedOut})
        print_line("bye", event_line::bye(reason, std::chrono::milliseconds(500)));
}

}  // namespace
}  // namespace riposte

int main() {
    riposte::print_objects();
    riposte::print_problems();
    riposte::print_events();
    riposte::print_commands();
    riposte::print_lines();
}
