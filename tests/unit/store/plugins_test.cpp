#include "unit/store/world.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

class Plugins : public World {};

TEST_F(Plugins, AreRememberedAsTheyWereSaved) {
    PluginRecord record{.id = "poll",
                        .active_hash = "abc",
                        .version = "1.2.0",
                        .enabled = false,
                        .isolation = Isolation::InProcess,
                        .prefixes = {"/poll close", "/poll", "/投票"},
                        .aliases = {{"/poll", "/vote"}},
                        .grants = {"network"},
                        .settings = {{"city", {SettingChoice::From::Value, {"a\"b", "北京"}, "alice, web"}},
                                     {"empty", {SettingChoice::From::Value, {}, "alice, web"}},
                                     {"key", {SettingChoice::From::File, {"/run/key"}, "uid 0, cli"}}},
                        .refused_hashes = {"bad"},
                        .kept_builds = {"abc", "aaa"},
                        .generation = 7,
                        .by = "carol, cli",
                        .good_hash = "aaa",
                        .good_by = "bundled",
                        .probation_since = 12,
                        .reason = "1.3.0 rolled back: SIGSEGV"};
    must(store_->save_plugin(record));
    record.prefixes = {"/poll"};
    record.generation = 8;
    must(store_->save_plugin(record));
    restart();
    const auto all = must(store_->plugins());
    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].id, "poll");
    EXPECT_FALSE(all[0].enabled);
    EXPECT_EQ(all[0].isolation, Isolation::InProcess);
    EXPECT_THAT(all[0].prefixes, ElementsAre("/poll"));
    EXPECT_THAT(all[0].aliases, ElementsAre(Pair("/poll", "/vote")));
    EXPECT_THAT(all[0].grants, ElementsAre("network"));
    EXPECT_EQ(all[0].settings, record.settings);
    EXPECT_THAT(all[0].refused_hashes, ElementsAre("bad"));
    EXPECT_THAT(all[0].kept_builds, ElementsAre("abc", "aaa"));
    EXPECT_EQ(all[0].generation, 8);
    EXPECT_EQ(all[0].by, "carol, cli");
    EXPECT_EQ(all[0].good_hash, "aaa");
    EXPECT_EQ(all[0].good_by, "bundled");
    EXPECT_EQ(all[0].probation_since, 12);
    EXPECT_EQ(all[0].reason, "1.3.0 rolled back: SIGSEGV");
}

TEST_F(Plugins, HaveAHistoryNewestFirst) {
    for (const auto* verb : {"load", "reload", "rollback"})
        must(store_->add_plugin_history({.plugin = "poll", .verb = verb}));
    must(store_->add_plugin_history({.plugin = "dice", .verb = "load"}));
    const auto history = must(store_->plugin_history("poll", 2));
    ASSERT_THAT(history, SizeIs(2));
    EXPECT_EQ(history[0].verb, "rollback");
    EXPECT_EQ(history[1].verb, "reload");
}

TEST_F(Plugins, HaveAHistoryThatEnds) {
    must(store_->add_plugin_history({.plugin = "dice", .verb = "load"}));
    for (int i = 0; i < 1010; ++i)
        must(store_->add_plugin_history({.plugin = "poll", .verb = "reload", .version = std::to_string(i)}));
    const auto history = must(store_->plugin_history("poll", 2000));
    ASSERT_THAT(history, SizeIs(1000));
    EXPECT_EQ(history.front().version, "1009");
    EXPECT_THAT(must(store_->plugin_history("dice", 10)), SizeIs(1)) << "another plugin's";
}

TEST_F(Plugins, ExchangeTheirValuesWithASnapshotAndBack) {
    must(store_->write_key_values("poll", {{"a", "old"}, {"b", "old"}}));
    must(store_->write_key_values("dice", {{"a", "other"}}));
    PluginSnapshot kept{.plugin = "poll", .hash = "abc", .data_schema = 1, .taken_at = 7, .has_values = true};
    kept.state_schema = 2;
    kept.state = std::string("\0state", 6);
    must(store_->save_snapshot(kept, SnapshotValues::Copy));
    must(store_->write_key_values("poll", {{"a", "new"}, {"b", std::nullopt}, {"c", "new"}}));
    kept.taken_at = 8;
    must(store_->save_snapshot(kept, SnapshotValues::Leave));
    restart();
    const auto found = must(store_->snapshot("poll"));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->hash, "abc");
    EXPECT_EQ(found->data_schema, 1u);
    EXPECT_EQ(found->taken_at, 8);
    EXPECT_TRUE(found->has_values);
    EXPECT_EQ(found->state_schema, 2u);
    EXPECT_EQ(found->state, kept.state);
    const auto values = [&](const char* plugin) {
        std::vector<std::string> all;
        for (const auto& key : must(store_->keys(plugin, "", 10)))
            all.push_back(key + "=" + *must(store_->key_value(plugin, key)));
        return all;
    };
    must(store_->exchange_values("poll"));
    EXPECT_THAT(values("poll"), ElementsAre("a=old", "b=old"));
    must(store_->exchange_values("poll"));
    EXPECT_THAT(values("poll"), ElementsAre("a=new", "c=new"));
    must(store_->save_snapshot(kept, SnapshotValues::Drop));
    must(store_->exchange_values("poll"));
    EXPECT_THAT(values("poll"), IsEmpty());
    EXPECT_THAT(values("dice"), ElementsAre("a=other"));
    EXPECT_EQ(must(store_->snapshot("dice")), std::nullopt);
}

TEST_F(Plugins, HaveASecondCopyOfTheirValuesForATrial) {
    must(store_->write_key_values("poll", {{"a", "old"}}));
    must(store_->write_key_values("dice", {{"a", "other"}}));
    PluginSnapshot kept{.plugin = "poll", .hash = "abc", .data_schema = 1, .taken_at = 7, .has_values = true};
    must(store_->save_snapshot(kept, SnapshotValues::Copy));
    must(store_->write_key_values("poll", {{"a", "live"}}));
    must(store_->trial_values("poll", TrialValues::Copy));
    must(store_->write_key_values("poll", {{"a", "tried"}, {"b", "tried"}}));
    must(store_->trial_values("poll", TrialValues::PutBack));
    EXPECT_EQ(must(store_->key_value("poll", "a")), "live");
    EXPECT_EQ(must(store_->key_value("poll", "b")), std::nullopt);
    EXPECT_EQ(must(store_->key_value("dice", "a")), "other");
    must(store_->exchange_values("poll"));
    EXPECT_EQ(must(store_->key_value("poll", "a")), "old") << "the snapshot is another's";
    must(store_->exchange_values("poll"));
    must(store_->trial_values("poll", TrialValues::Copy));
    must(store_->trial_values("poll", TrialValues::Drop));
    must(store_->trial_values("poll", TrialValues::PutBack));
    EXPECT_EQ(must(store_->key_value("poll", "a")), std::nullopt) << "nothing was left to put back";
}

TEST_F(Plugins, KeepValuesOfAnyBytesUnderTheirOwnName) {
    const std::string bytes("\0\xff'\"", 4);
    must(store_->write_key_values("poll",
                                  {{"a/1", bytes}, {"a/2", "two"}, {"b", "three"}, {std::string("a\xff", 2), ""}}));
    must(store_->write_key_values("dice", {{"a/1", "other"}}));
    EXPECT_EQ(must(store_->key_value("poll", "a/1")), bytes);
    EXPECT_EQ(must(store_->key_value("dice", "a/1")), "other");
    EXPECT_EQ(must(store_->key_value("poll", std::string("a\xff", 2))), "");
    EXPECT_EQ(must(store_->key_value("poll", "c")), std::nullopt);
    EXPECT_THAT(must(store_->keys("poll", "a/", 10)), ElementsAre("a/1", "a/2"));
    EXPECT_THAT(must(store_->keys("poll", "", 10)), SizeIs(4));
    EXPECT_THAT(must(store_->keys("poll", "\xff", 10)), IsEmpty());
    must(store_->write_key_values("poll", {{"a/1", std::nullopt}}));
    EXPECT_EQ(must(store_->key_value("poll", "a/1")), std::nullopt);
}

TEST_F(Plugins, ATimerFiresOnce) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    const auto id = must(store_->save_timer({.plugin = "remind",
                                             .command = "/remind",
                                             .room = seen(alice, uri).id,
                                             .user = alice.id,
                                             .due = 1000,
                                             .payload = "tea"}));
    restart();
    const auto timers = must(store_->timers());
    ASSERT_THAT(timers, SizeIs(1));
    EXPECT_EQ(timers[0].payload, "tea");
    const auto call = must(store_->fire_timer(id, Uuid::make()));
    EXPECT_EQ(call.author, alice.id);
    EXPECT_EQ(call.plugin, "remind");
    EXPECT_EQ(call.room, uri);
    EXPECT_EQ(outcome(store_->fire_timer(id, Uuid::make())), "not_found");
    EXPECT_THAT(must(store_->timers()), IsEmpty());
    must(store_->ensure_bot("remind", "Reminder"));
    EXPECT_EQ(outcome(finish({.invocation = call.id, .last_reply = BotReply{.plugin = "remind", .text = "Tea!"}})),
              "ok");
    EXPECT_THAT(texts(alice, uri), ElementsAre("Tea!"));
}

TEST_F(Plugins, ATimerOfSomebodyWhoHasLeftFailsAndIsGone) {
    const auto alice = person("alice");
    const auto bob = person("bob");
    const auto uri = room(alice, {bob});
    const PluginTimer timer{
        .plugin = "remind", .command = "/remind", .room = seen(alice, uri).id, .user = bob.id, .payload = "tea"};
    const auto id = must(store_->save_timer(timer));
    must(store_->remove_member(bob.id, uri, "bob"));
    const auto call = must(store_->fire_timer(id, Uuid::make()));
    EXPECT_EQ(call.state, InvocationState::Failed);
    EXPECT_EQ(call.code, ErrorCode::NotFound) << "a private room is not there for who has left it";
    EXPECT_THAT(must(store_->timers()), IsEmpty());
    EXPECT_EQ(outcome(finish({.invocation = call.id})), "not_found") << "it has its outcome";
}

TEST_F(Plugins, ATimerIsRemovedByItsPluginOnly) {
    const auto alice = person("alice");
    const PluginTimer timer{.plugin = "remind", .room = seen(alice, room(alice)).id, .user = alice.id};
    const auto id = must(store_->save_timer(timer));
    EXPECT_EQ(outcome(store_->remove_timer("dice", id)), "not_found");
    EXPECT_EQ(outcome(store_->remove_timer("remind", id)), "ok");
    EXPECT_NE(must(store_->save_timer(timer)), id) << "an id is never given twice";
}

TEST_F(Plugins, HandOverTheirState) {
    EXPECT_FALSE(must(store_->plugin_state("counter")));
    must(store_->save_plugin_state({.plugin = "counter", .schema = 1, .bytes = "41"}));
    must(store_->save_plugin_state({.plugin = "counter", .schema = 2, .bytes = std::string("4\0002", 3)}));
    const auto state = must(store_->plugin_state("counter"));
    EXPECT_EQ(state->schema, 2u);
    EXPECT_EQ(state->bytes, std::string("4\0002", 3));
}

}  // namespace
}  // namespace riposte
