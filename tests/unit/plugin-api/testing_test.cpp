// The in-memory host of testing.hpp keeps the promises of plugin.h. Here a plugin is written against the bare ABI.
#include <riposte/testing.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace {

using riposte::testing::Host;
using riposte::testing::Outcome;
using riposte::testing::Refused;
using riposte::testing::Result;

/// What the plugin does with its next call.
std::function<riposte_result(const riposte_host*, riposte_call)> act;

const riposte_command go = {sizeof go, RIPOSTE_ANYONE, RIPOSTE_VISIBLE_TO_ROOM, 2000, "/go", nullptr, "Go",
                            nullptr,   nullptr};
const riposte_command* const commands[] = {&go, nullptr};

riposte_status start(const riposte_host* host, void** instance) {
    *instance = const_cast<riposte_host*>(host);
    return RIPOSTE_OK;
}
void stop(void*) {}
riposte_result on_command(void* instance, const riposte_invocation* invocation) {
    return act(static_cast<const riposte_host*>(instance), invocation->call);
}

riposte_plugin bare(std::uint32_t permissions = 0) {
    riposte_plugin plugin{};
    plugin.permissions = permissions;
    plugin.struct_size = sizeof plugin;
    plugin.id = "bare";
    plugin.commands = commands;
    plugin.start = start;
    plugin.stop = stop;
    plugin.on_command = on_command;
    return plugin;
}
const riposte_plugin plugin = bare();
const riposte_entry entry = {RIPOSTE_ABI_MAJOR, RIPOSTE_ABI_MINOR, &plugin};
const riposte_plugin trusted_plugin = bare(RIPOSTE_PERMISSION_POST | RIPOSTE_PERMISSION_HEAR);
const riposte_entry trusted = {RIPOSTE_ABI_MAJOR, RIPOSTE_ABI_MINOR, &trusted_plugin};

riposte_text text(std::string_view from) { return {from.data(), from.size()}; }

Result go_with(std::function<riposte_result(const riposte_host*, riposte_call)> action) {
    act = std::move(action);
    Host host(entry);
    return host.says("alice", "/go");
}

TEST(TestingHost, TheFirstEndingDecides) {
    const Result result = go_with([](const riposte_host* host, riposte_call call) {
        EXPECT_EQ(host->fail(host, call, text("no")), RIPOSTE_OK);
        EXPECT_EQ(host->finish(host, call), RIPOSTE_GONE);
        EXPECT_EQ(host->reply(host, call, text("late"), nullptr), RIPOSTE_GONE);
        return RIPOSTE_DONE;
    });
    EXPECT_EQ(result.outcome, Outcome::Failed);
    EXPECT_EQ(result.reason, "no");
    EXPECT_TRUE(result.replies.empty());
}

TEST(TestingHost, ACallEndsAtItsDeclaredDeadline) {
    const Result result = go_with([](const riposte_host* host, riposte_call call) {
        EXPECT_EQ(host->wait(host, call, 1999), RIPOSTE_OK);
        EXPECT_EQ(host->wait(host, call, 1), RIPOSTE_GONE);
        return RIPOSTE_DONE;
    });
    EXPECT_EQ(result.outcome, Outcome::TimedOut);
}

TEST(TestingHost, AnOutputMovesTheDeadline) {
    const Result result = go_with([](const riposte_host* host, riposte_call call) {
        host->reply(host, call, text("on it"), nullptr);
        EXPECT_EQ(host->wait(host, call, 29'000), RIPOSTE_OK);
        return RIPOSTE_DONE;
    });
    EXPECT_TRUE(result.done());
}

TEST(TestingHost, RefusesWhatTheAbiForbids) {
    go_with([](const riposte_host* host, riposte_call call) {
        EXPECT_EQ(host->reply(host, call, text(""), nullptr), RIPOSTE_INVALID);
        EXPECT_EQ(host->reply(host, call, text("\xC3("), nullptr), RIPOSTE_INVALID);
        EXPECT_EQ(host->reply(host, call, text("bell\a"), nullptr), RIPOSTE_INVALID);
        EXPECT_EQ(host->reply(host, call, text(std::string(RIPOSTE_MAX_REPLY + 1, 'x')), nullptr), RIPOSTE_TOO_LARGE);
        EXPECT_EQ(host->reply(host, 999, text("whose?"), nullptr), RIPOSTE_GONE);
        EXPECT_EQ(host->kv_set(host, call, text(""), text("value")), RIPOSTE_INVALID);
        EXPECT_EQ(host->kv_set(host, call, text("key"), text(std::string(RIPOSTE_MAX_VALUE + 1, 'x'))),
                  RIPOSTE_TOO_LARGE);
        EXPECT_EQ(host->post(host, text("lobby"), text("unasked")), RIPOSTE_DENIED);
        EXPECT_EQ(host->hear(host, 1, text("")), RIPOSTE_DENIED);
        EXPECT_EQ(host->timer_cancel(host, 1), RIPOSTE_NOT_FOUND);
        for (int i = 0; i < RIPOSTE_MAX_REPLIES; ++i)
            EXPECT_EQ(host->reply(host, call, text("x"), nullptr), RIPOSTE_OK);
        EXPECT_EQ(host->reply(host, call, text("x"), nullptr), RIPOSTE_TOO_MANY);
        return RIPOSTE_DONE;
    });
}

TEST(TestingHost, PostsOnceASecondAndRoom) {
    act = [](const riposte_host* host, riposte_call call) {
        EXPECT_EQ(host->post(host, text("lobby"), text("one")), RIPOSTE_OK);
        EXPECT_EQ(host->post(host, text("lobby"), text("two")), RIPOSTE_BUSY);
        EXPECT_EQ(host->post(host, text("tea"), text("three")), RIPOSTE_OK);
        EXPECT_EQ(host->post(host, text("milk"), text("bell\a")), RIPOSTE_INVALID);
        EXPECT_EQ(host->wait(host, call, 1000), RIPOSTE_OK);
        EXPECT_EQ(host->post(host, text("lobby"), text("four")), RIPOSTE_OK);
        return RIPOSTE_DONE;
    };
    Host host(trusted);
    EXPECT_TRUE(host.says("alice", "/go").done());
    EXPECT_EQ(host.posts().size(), 3U);
}

TEST(TestingHost, HearsOnCodePoints) {
    act = [](const riposte_host* host, riposte_call) {
        EXPECT_EQ(host->hear(host, 1, text("[茶t]ea?")), RIPOSTE_OK);
        for (const auto* wrong : {"(", "(a)\\1", "(?=a)"})
            EXPECT_EQ(host->hear(host, 2, text(wrong)), RIPOSTE_INVALID) << wrong;
        return RIPOSTE_DONE;
    };
    Host host(trusted);
    EXPECT_TRUE(host.says("alice", "/go").done());
    int heard = 0;
    act = [&heard](const riposte_host* host, riposte_call call) {
        ++heard;
        EXPECT_EQ(host->reply_ephemeral(host, call, text("psst")), RIPOSTE_NOT_SUPPORTED);
        return RIPOSTE_DONE;
    };
    for (const auto* line : {"茶e", "some tea", "\xE8\x8C", "coffee"}) host.says("alice", line);
    EXPECT_EQ(heard, 2);
}

TEST(TestingHost, AStreamIsEditedOnlyWhenItHasEnded) {
    const Result result = go_with([](const riposte_host* host, riposte_call call) {
        riposte_reply stream = RIPOSTE_NONE;
        EXPECT_EQ(host->stream_begin(host, call, &stream), RIPOSTE_OK);
        EXPECT_EQ(host->stream_append(host, stream, text("growing")), RIPOSTE_OK);
        EXPECT_EQ(host->edit(host, stream, text("edited")), RIPOSTE_INVALID);
        EXPECT_EQ(host->stream_end(host, stream), RIPOSTE_OK);
        EXPECT_EQ(host->stream_append(host, stream, text("more")), RIPOSTE_INVALID);
        EXPECT_EQ(host->edit(host, stream, text("edited")), RIPOSTE_OK);
        return RIPOSTE_DONE;
    });
    EXPECT_EQ(result.text(), "edited");
}

TEST(TestingHost, RejectsALineThatTheHostWouldReject) {
    act = [](const riposte_host*, riposte_call) { return RIPOSTE_DONE; };
    Host host(entry);
    EXPECT_EQ(host.says("alice", "/gone").reason, "unknown command");
    EXPECT_EQ(host.says("alice", "/go now").reason, "too many arguments");
    EXPECT_TRUE(host.says("alice", "/go").done());
}

TEST(TestingHost, TellsWhyALibraryIsNoPlugin) {
    EXPECT_THROW(Host("/nowhere/plugin.so"), Refused);
    const riposte_entry foreign = {99, 0, &plugin};
    EXPECT_THROW(Host{foreign}, Refused);
    const riposte_entry empty = {RIPOSTE_ABI_MAJOR, RIPOSTE_ABI_MINOR, nullptr};
    EXPECT_THROW(Host{empty}, Refused);
}

}  // namespace
