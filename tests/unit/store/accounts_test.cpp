#include "store/forgetting.hpp"
#include "unit/store/world.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Accounts : public World {
protected:
    std::string sign_in(const User& user, const std::string& token, Timestamp expires_at = now_ms() + 60'000) {
        must(
            store_->create_session({.user = user.id, .token_hash = token, .address = "::1", .expires_at = expires_at}));
        return token;
    }
};

TEST_F(Accounts, SignUpGivesAnAccountWithItsCredentials) {
    const auto alice = person("alice");
    const auto found = must(store_->credentials("ALICE"));
    EXPECT_EQ(found.user.id, alice.id);
    EXPECT_EQ(found.password_hash, "hash of alice");
    EXPECT_FALSE(found.user.admin);
}

TEST_F(Accounts, NamesAreTakenWhateverTheirCase) {
    person("alice");
    EXPECT_EQ(outcome(store_->create_user({.name = "Alice", .display_name = "", .password_hash = "x"})), "name_taken");
    EXPECT_EQ(outcome(store_->credentials("bob")), "not_found");
}

TEST_F(Accounts, AnAdminLinkWorksOnceAndInTime) {
    must(store_->create_link(LinkPurpose::Administrator, "link", {}, now_ms() + 60'000));
    must(store_->create_link(LinkPurpose::Administrator, "old", {}, now_ms() - 1));
    EXPECT_FALSE(must(store_->has_administrator()));
    EXPECT_EQ(outcome(store_->create_user({.name = "late", .password_hash = "x", .link_hash = "old"})), "bad_link");
    EXPECT_TRUE(must(store_->create_user({.name = "root", .password_hash = "x", .link_hash = "link"})).admin);
    EXPECT_EQ(outcome(store_->create_user({.name = "eve", .password_hash = "x", .link_hash = "link"})), "bad_link");
    EXPECT_EQ(outcome(store_->user("eve")), "not_found") << "a refused sign-up must leave nothing behind";
    EXPECT_TRUE(must(store_->has_administrator()));
}

TEST_F(Accounts, AnInviteLeadsThroughSignUpIntoTheRoom) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    must(store_->create_invite(alice.id, uri, {.token_hash = "invite", .uses = 1}));
    const auto bob = must(store_->create_user({.name = "bob", .password_hash = "x", .invite_hash = "invite"}));
    EXPECT_EQ(seen(bob, uri).role, Role::Member);
    EXPECT_EQ(outcome(store_->create_user({.name = "eve", .password_hash = "x", .invite_hash = "invite"})), "bad_link");
    EXPECT_EQ(outcome(store_->user("eve")), "not_found");
}

TEST_F(Accounts, ASessionLastsUntilItEndsOrExpires) {
    const auto alice = person("alice");
    sign_in(alice, "token");
    sign_in(alice, "expired", now_ms() - 1);
    EXPECT_EQ(must(store_->session("token")).user.name, "alice");
    EXPECT_EQ(outcome(store_->session("expired")), "unauthenticated");
    must(store_->end_session("token"));
    EXPECT_EQ(outcome(store_->session("token")), "unauthenticated");
    ASSERT_THAT(recorder_.all<SessionsEnded>(), SizeIs(1));
    EXPECT_EQ(recorder_.all<SessionsEnded>()[0].only_token_hash, "token");
}

TEST_F(Accounts, ANewPasswordEndsTheOtherSessions) {
    const auto alice = person("alice");
    sign_in(alice, "here");
    sign_in(alice, "there");
    must(store_->change_password(alice.id, "new hash", "here"));
    EXPECT_EQ(outcome(store_->session("here")), "ok");
    EXPECT_EQ(outcome(store_->session("there")), "unauthenticated");
    EXPECT_EQ(must(store_->credentials("alice")).password_hash, "new hash");
    ASSERT_THAT(recorder_.all<SessionsEnded>(), SizeIs(1));
    EXPECT_EQ(recorder_.all<SessionsEnded>()[0].except_token_hash, "here");
}

TEST_F(Accounts, AResetLinkSetsThePasswordOnceAndEndsEverySession) {
    const auto alice = person("alice");
    sign_in(alice, "stolen");
    must(store_->create_link(LinkPurpose::PasswordReset, "reset", alice.id, now_ms() + 60'000));
    EXPECT_EQ(must(store_->reset_password("reset", "fresh hash")).name, "alice");
    EXPECT_EQ(outcome(store_->session("stolen")), "unauthenticated");
    EXPECT_EQ(outcome(store_->reset_password("reset", "again")), "bad_link");
    EXPECT_EQ(must(store_->credentials("alice")).password_hash, "fresh hash");
}

TEST_F(Accounts, ABotNeverTakesAPersonsName) {
    person("dice");
    const auto bot = must(store_->ensure_bot("dice", "Dice"));
    EXPECT_EQ(bot.name, "dice-bot");
    EXPECT_TRUE(bot.bot);
    EXPECT_EQ(must(store_->ensure_bot("dice", "Dice")).id, bot.id);
    EXPECT_EQ(must(store_->ensure_bot("dice", "The dice")).display_name, "The dice");
    EXPECT_EQ(outcome(store_->credentials("dice-bot")), "not_found") << "a bot cannot sign in";
}

TEST_F(Accounts, ADeletedAccountFreesItsNameAndKeepsItsMessagesNameless) {
    const auto alice = person("alice");
    const auto bob = person("bob");
    const auto uri = room(alice, {bob});
    says(alice, uri, "I was here");
    sign_in(alice, "token");
    must(store_->save_plugin({.id = "poll"}));
    must(store_->delete_user(alice.id));
    const auto to_forget = must(store_->keys(std::string(to_forget_owner), "", 10));
    ASSERT_THAT(to_forget, SizeIs(1));
    EXPECT_EQ(to_forget[0], "poll/" + std::to_string(static_cast<std::int64_t>(alice.id)));
    EXPECT_EQ(must(store_->key_value(std::string(to_forget_owner), to_forget[0])), "alice");

    EXPECT_EQ(outcome(store_->session("token")), "unauthenticated");
    EXPECT_EQ(outcome(store_->me(alice.id)), "unauthenticated");
    const auto page = must(store_->history(bob.id, uri, {}));
    ASSERT_THAT(page.messages, SizeIs(1));
    EXPECT_EQ(page.messages[0].text, "I was here");
    EXPECT_EQ(page.messages[0].author.name, "");
    EXPECT_EQ(seen(bob, uri).role, Role::Owner) << "the room needs an owner: bob inherits";
    EXPECT_EQ(seen(bob, uri).member_count, 1);
    for (const auto& event : must(store_->events(bob.id, uri, 0, 200)).events) EXPECT_NE(event.actor, "alice");
    EXPECT_NE(person("alice").id, alice.id);
}

TEST_F(Accounts, TheExportHasEverythingButHashes) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    sign_in(alice, "secret-token-hash");
    says(alice, uri, "a \"quoted\" 天气 line");
    const auto call = commands(alice, uri, "/dice 6", CommandVisibility::Author);
    must(store_->ensure_bot("dice", "Dice"));
    must(store_->reply({.plugin = "dice", .invocation = call.id, .text = "only for you"}));
    const auto document = must(store_->export_user(alice.id));
    for (const auto* expected :
         {R"("name":"alice")", R"(a \"quoted\" 天气 line)", "/dice 6", "only for you", R"("role":"owner")"})
        EXPECT_THAT(document, HasSubstr(expected));
    EXPECT_THAT(document, Not(HasSubstr("hash")));
}

}  // namespace
}  // namespace riposte
