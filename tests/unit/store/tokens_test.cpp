#include "unit/store/world.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Tokens : public World {
protected:
    AccessToken give(const User& owner, const std::string& hash, std::optional<Timestamp> expires_at = {},
                     const std::string& name = "script") {
        return must(
            store_->create_token({.user = owner.id, .name = name, .token_hash = hash, .expires_at = expires_at}));
    }
    std::vector<AccessToken> of(const User& owner) { return must(store_->tokens_of(owner.id)); }

    const ActingOperator nobody_{.name = "uid 1000, cli", .user = {}};
};

TEST_F(Tokens, ATokenIsItsOwnerUntilItIsRevoked) {
    const auto alice = person("alice");
    const auto bob = person("bob");
    const auto token = give(alice, "key");
    const auto identity = must(store_->session("key"));
    EXPECT_EQ(identity.user.name, "alice");
    EXPECT_EQ(identity.by, Credential::Token);
    EXPECT_EQ(outcome(store_->revoke_token(bob.id, token.id)), "not_found") << "another's";
    must(store_->revoke_token(alice.id, token.id));
    EXPECT_EQ(outcome(store_->session("key")), "unauthenticated");
    EXPECT_EQ(outcome(store_->revoke_token(alice.id, token.id)), "not_found");
    ASSERT_THAT(recorder_.all<SessionsEnded>(), SizeIs(1));
    EXPECT_EQ(recorder_.all<SessionsEnded>()[0].only_token_hash, "key") << "its sockets alone end";
}

TEST_F(Tokens, ATokenExpires) {
    const auto alice = person("alice");
    give(alice, "old", now_ms() - 1);
    give(alice, "young", now_ms() + 60'000);
    EXPECT_EQ(outcome(store_->session("old")), "unauthenticated");
    EXPECT_EQ(outcome(store_->session("young")), "ok");
    must(store_->drop_expired_tokens());
    EXPECT_THAT(of(alice), SizeIs(1));
    ASSERT_THAT(recorder_.all<SessionsEnded>(), SizeIs(1));
    EXPECT_EQ(recorder_.all<SessionsEnded>()[0].only_token_hash, "old") << "a socket may have outlived it";
}

TEST_F(Tokens, WhenItWasUsedIsKnownToTheMinute) {
    const auto alice = person("alice");
    give(alice, "key");
    EXPECT_FALSE(of(alice)[0].last_used);
    must(store_->session("key"));
    must(store_->mark_read(alice.id, room(alice), 0));  // what is queued behind the note of the use
    EXPECT_TRUE(of(alice)[0].last_used);
}

TEST_F(Tokens, NobodyHasMoreThanFifty) {
    const auto alice = person("alice");
    for (std::size_t i = 0; i < most_tokens; ++i) give(alice, "key " + std::to_string(i));
    NewToken another{.user = alice.id, .name = "script", .token_hash = "one more", .expires_at = {}};
    EXPECT_EQ(outcome(store_->create_token(another)), "too_large");
    must(store_->revoke_token(alice.id, of(alice)[0].id));
    EXPECT_EQ(outcome(store_->create_token(another)), "ok");
}

TEST_F(Tokens, TheyEndWithTheAccountAndWithALinkForANewPassword) {
    const auto alice = person("alice");
    give(alice, "key");
    must(store_->set_account(nobody_, "alice", AccountState::Disabled));
    EXPECT_EQ(outcome(store_->session("key")), "unauthenticated");
    must(store_->set_account(nobody_, "alice", AccountState::Enabled));
    EXPECT_EQ(outcome(store_->session("key")), "ok");
    must(store_->change_password(alice.id, "hash", ""));
    EXPECT_EQ(outcome(store_->session("key")), "ok") << "who knows the old password has not lost the keys";
    must(store_->create_link(LinkPurpose::PasswordReset, "reset", alice.id, now_ms() + 60'000));
    must(store_->reset_password("reset", "hash"));
    EXPECT_EQ(outcome(store_->session("key")), "unauthenticated");
    give(alice, "another");
    must(store_->delete_user(alice.id));
    EXPECT_EQ(outcome(store_->session("another")), "unauthenticated");
    EXPECT_THAT(must(store_->all_tokens({})).items, IsEmpty());
}

TEST_F(Tokens, OperatorsFindAndRevokeAnybodys) {
    const auto alice = person("alice");
    const auto bob = person("bob");
    give(alice, "a", {}, "build server");
    const auto token = give(bob, "b", {}, "backup");
    EXPECT_THAT(must(store_->all_tokens({})).items, SizeIs(2));
    for (const auto* text : {"BACK", "bob"}) {
        const auto found = must(store_->all_tokens({.text = text})).items;
        ASSERT_THAT(found, SizeIs(1)) << text;
        EXPECT_EQ(found[0].owner.name, "bob");
    }
    must(store_->revoke_any_token(nobody_, token.id));
    EXPECT_EQ(outcome(store_->revoke_any_token(nobody_, token.id)), "not_found");
    EXPECT_EQ(outcome(store_->session("b")), "unauthenticated");
    const auto audit = must(store_->audit({})).items;
    ASSERT_THAT(audit, SizeIs(1));
    EXPECT_EQ(audit[0].verb, "token revoke");
    EXPECT_EQ(audit[0].subject, "bob");
    EXPECT_EQ(audit[0].detail, "backup");
    EXPECT_THAT(must(store_->export_user(alice.id)), HasSubstr("build server"));
}

class Calls : public World {};

TEST_F(Calls, AreFoundByPluginPersonAndPartOfTheId) {
    const auto alice = person("alice");
    const auto bob = person("bob");
    const auto uri = room(alice, {bob});
    const auto first = commands(alice, uri, "/dice 6", CommandVisibility::Room);
    const auto second = commands(bob, uri, "/dice secret", CommandVisibility::Author);
    const auto ids = [&](const std::string& text) {
        std::vector<std::string> found;
        for (const auto& call : must(store_->find_invocations(text))) found.push_back(call.id.to_string());
        return found;
    };
    const auto one = first.id.to_string();
    const auto two = second.id.to_string();
    EXPECT_EQ(ids(""), (std::vector{two, one})) << "the newest first";
    EXPECT_EQ(ids("bob"), std::vector{two});
    EXPECT_EQ(ids(one), std::vector{one});
    EXPECT_EQ(ids(one.substr(28)), std::vector{one}) << "what people see of it";
    EXPECT_EQ(ids("dice"), (std::vector{two, one}));
    EXPECT_THAT(ids("no such"), IsEmpty());
    EXPECT_THAT(ids(one.substr(33)), IsEmpty()) << "three digits are too few to mean an id";
}

}  // namespace
}  // namespace riposte
