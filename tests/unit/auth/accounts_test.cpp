#include "auth/accounts.hpp"
#include "auth/token.hpp"
#include "unit/store/world.hpp"

namespace riposte {
namespace {

/// A host with accounts, over a real store.
class House : public World {
protected:
    explicit House(Registration registration = Registration::Open)
        : accounts_(*store_, *store_,
                    {.registration = registration,
                     .session_days = 90,
                     .passwords = {.memory_bytes = 1 << 20, .passes = 1, .queue = 64}}) {}

    static SignUp request(std::string name, std::string password = "correct horse") {
        SignUp request;
        request.name = std::move(name);
        request.password = std::move(password);
        return request;
    }
    Result<SignedIn> sign_up(SignUp request) { return answer(accounts_.sign_up(std::move(request), from("10.0.0.1"))); }
    Result<SignedIn> sign_in(std::string name, std::string password, std::string address = "10.0.0.1") {
        return answer(accounts_.sign_in(std::move(name), std::move(password), from(std::move(address))));
    }
    Result<Identity> identify(const SignedIn& somebody) { return answer(accounts_.identify(somebody.token)); }
    static Visitor from(std::string address) { return {std::move(address), "test"}; }

    Accounts accounts_;
};
class InvitedHouse : public House {
protected:
    InvitedHouse() : House(Registration::Link) {}
};
class ClosedHouse : public House {
protected:
    ClosedHouse() : House(Registration::Closed) {}
};

TEST_F(House, WhoSignsUpIsSignedIn) {
    auto wanted = request("Alice");
    wanted.locale = "zh-CN";
    const auto alice = must(sign_up(wanted));
    EXPECT_EQ(alice.user.name, "alice");
    EXPECT_EQ(alice.user.display_name, "Alice");
    EXPECT_FALSE(alice.user.admin);
    const auto identity = must(identify(alice));
    EXPECT_EQ(identity.user.name, "alice");
    EXPECT_EQ(identity.locale, "zh-CN");
}

TEST_F(House, ANameIsTakenOnce) {
    must(sign_up(request("alice")));
    EXPECT_EQ(outcome(sign_up(request("ALICE"))), "name_taken");
}

TEST_F(House, WrongWishesAreNamed) {
    const auto argument_of = [&](SignUp wanted) {
        const auto result = sign_up(std::move(wanted));
        return result ? "fine" : result.error().argument;
    };
    EXPECT_EQ(argument_of(request("a")), "name");
    EXPECT_EQ(argument_of(request("alice", "1234567")), "password");
    EXPECT_EQ(argument_of(request("alice", "天气天气天气天")), "password") << "seven characters, many bytes";
    EXPECT_EQ(argument_of(request("alice", std::string(257, 'x'))), "password");
    EXPECT_EQ(argument_of(request("alice-in-wonderland", "Alice-in-Wonderland")), "password") << "the name itself";
    auto wanted = request("alice");
    wanted.locale = "no language";
    EXPECT_EQ(argument_of(wanted), "locale");
    EXPECT_EQ(argument_of(request("alice", std::string(256, 'x'))), "fine");
    EXPECT_EQ(argument_of(request("bob", "天气天气天气天气")), "fine");
}

TEST_F(House, SignInAsksForNameAndPassword) {
    must(sign_up(request("alice")));
    EXPECT_EQ(must(sign_in("ALICE", "correct horse")).user.name, "alice");
    EXPECT_EQ(outcome(sign_in("alice", "wrong horse")), "wrong_credentials");
    EXPECT_EQ(outcome(sign_in("nobody", "correct horse")), "wrong_credentials");
    EXPECT_EQ(outcome(sign_in("not a name!", "correct horse")), "wrong_credentials");
    EXPECT_EQ(outcome(sign_in("alice", std::string(100'000, 'x'))), "wrong_credentials");
}

TEST_F(House, APasswordIsTheSameHoweverItWasTyped) {
    must(sign_up(request("rene", "caf\xC3\xA9 noir")));
    EXPECT_EQ(outcome(sign_in("rene", "cafe\xCC\x81 noir")), "ok");
}

TEST_F(House, ABotHasNoPassword) {
    must(store_->ensure_bot("dice", "Dice"));
    EXPECT_EQ(outcome(sign_in("dice", "")), "wrong_credentials");
}

TEST_F(House, GuessingIsSlowedDownWhereItHappens) {
    must(sign_up(request("alice")));
    for (int i = 0; i < 6; ++i) EXPECT_EQ(outcome(sign_in("alice", "guess", "10.6.6.6")), "wrong_credentials");
    const auto refused = sign_in("alice", "correct horse", "10.6.6.6");
    EXPECT_EQ(outcome(refused), "rate_limited");
    EXPECT_GT(refused.error().retry_after_s, 0u);
    EXPECT_EQ(outcome(sign_in("alice", "correct horse", "10.0.0.1")), "ok");
}

TEST_F(House, GuessingFromEverywhereHoldsStrangersAndNotTheOwner) {
    must(sign_up(request("alice")));
    int guesses = 0;
    while (outcome(sign_in("alice", "guess", "10.6.6." + std::to_string(guesses))) == "wrong_credentials")
        ASSERT_LT(++guesses, 100);
    EXPECT_GE(guesses, 51);
    EXPECT_EQ(outcome(sign_in("alice", "guess", "10.6.6." + std::to_string(guesses))), "rate_limited");
    EXPECT_EQ(outcome(sign_in("alice", "correct horse", "10.0.0.1")), "ok") << "here she signed up";
    EXPECT_EQ(outcome(sign_in("bob", "guess", "10.7.7.7")), "wrong_credentials") << "others are not held";
}

TEST_F(House, SignOutEndsThisSessionOrAll) {
    const auto here = must(sign_up(request("alice")));
    const auto there = must(sign_in("alice", "correct horse"));
    must(accounts_.sign_out(must(identify(here))));
    EXPECT_EQ(outcome(identify(here)), "unauthenticated");
    EXPECT_EQ(outcome(identify(there)), "ok");
    const auto again = must(sign_in("alice", "correct horse"));
    must(accounts_.sign_out_everywhere(must(identify(there))));
    EXPECT_EQ(outcome(identify(there)), "unauthenticated");
    EXPECT_EQ(outcome(identify(again)), "unauthenticated");
    EXPECT_EQ(outcome(answer(accounts_.identify("no token at all"))), "unauthenticated");
}

TEST_F(House, ANewPasswordEndsTheOtherSessions) {
    const auto here = must(sign_up(request("alice")));
    const auto there = must(sign_in("alice", "correct horse"));
    const auto me = must(identify(here));
    EXPECT_EQ(outcome(accounts_.change_password(me, "wrong", "battery staple", from("10.0.0.1"))), "wrong_credentials");
    EXPECT_EQ(outcome(accounts_.change_password(me, "correct horse", "short", from("10.0.0.1"))), "invalid_value");
    EXPECT_EQ(outcome(identify(there)), "ok");
    must(accounts_.change_password(me, "correct horse", "battery staple", from("10.0.0.1")));
    EXPECT_EQ(outcome(identify(here)), "ok");
    EXPECT_EQ(outcome(identify(there)), "unauthenticated");
    EXPECT_EQ(outcome(sign_in("alice", "correct horse")), "wrong_credentials");
    EXPECT_EQ(outcome(sign_in("alice", "battery staple")), "ok");
}

TEST_F(House, AResetLinkWorksOnce) {
    const auto alice = must(sign_up(request("alice")));
    const auto link = must(accounts_.reset_link("Alice"));
    EXPECT_EQ(outcome(accounts_.reset_password("another", "battery staple")), "bad_link");
    EXPECT_EQ(outcome(accounts_.reset_password(link, "short")), "invalid_value");
    EXPECT_EQ(must(accounts_.reset_password(link, "battery staple")).name, "alice");
    EXPECT_EQ(outcome(accounts_.reset_password(link, "other staple")), "bad_link");
    EXPECT_EQ(outcome(identify(alice)), "unauthenticated");
    EXPECT_EQ(outcome(sign_in("alice", "battery staple")), "ok");
    EXPECT_EQ(outcome(accounts_.reset_link("nobody")), "not_found");
}

TEST_F(House, ATokenActsAsItsOwnerAndMakesNoOther) {
    const auto me = must(identify(must(sign_up(request("alice")))));
    EXPECT_EQ(outcome(accounts_.create_token(me, " ", std::nullopt)), "invalid_value");
    const auto made = must(accounts_.create_token(me, " builds ", 60));
    EXPECT_EQ(made.kept.name, "builds");
    EXPECT_NEAR(static_cast<double>(*made.kept.expires_at - made.kept.created_at), 60'000, 5000);
    const auto script = must(answer(accounts_.identify(made.token)));
    EXPECT_EQ(script.user.name, "alice");
    EXPECT_EQ(outcome(accounts_.create_token(script, "another", std::nullopt)), "not_allowed");
    must(accounts_.sign_out_everywhere(me));
    EXPECT_EQ(outcome(answer(accounts_.identify(made.token))), "ok");
}

TEST_F(House, AnAccountGoesOnlyWithItsPassword) {
    const auto alice = must(sign_up(request("alice")));
    const auto me = must(identify(alice));
    EXPECT_EQ(outcome(accounts_.delete_account(me, "wrong", from("10.0.0.1"))), "wrong_credentials");
    must(accounts_.delete_account(me, "correct horse", from("10.0.0.1")));
    EXPECT_EQ(outcome(identify(alice)), "unauthenticated");
    EXPECT_EQ(outcome(sign_in("alice", "correct horse")), "wrong_credentials");
    EXPECT_EQ(outcome(sign_up(request("alice"))), "ok");
}

TEST_F(House, AClassSignsUpAtOnceButNotAFlood) {
    int accepted = 0;
    std::string last;
    for (int i = 0; i < 30; ++i) {
        last = outcome(sign_up(request("user" + std::to_string(i))));
        accepted += last == "ok";
    }
    EXPECT_EQ(accepted, 20);
    EXPECT_EQ(last, "rate_limited");
    EXPECT_EQ(outcome(answer(accounts_.sign_up(request("elsewhere"), from("10.0.0.2")))), "ok");
}

TEST_F(House, ThisMachineMaySignUpAsManyAsItLikes) {
    for (int i = 0; i < 30; ++i)
        EXPECT_EQ(outcome(answer(accounts_.sign_up(request("user" + std::to_string(i)), from("127.0.0.1")))), "ok");
}

TEST_F(InvitedHouse, AnInviteLeadsThroughSignUpIntoTheRoom) {
    const auto owner = person("owner");
    const auto tea = room(owner);
    const auto token = make_token();
    must(store_->create_invite(owner.id, tea, {token_hash(token), {}, {}}));

    EXPECT_EQ(outcome(sign_up(request("alice"))), "registration_closed");
    auto invited = request("alice");
    invited.invite = "not an invite";
    EXPECT_EQ(outcome(sign_up(invited)), "bad_link");
    invited.invite = token;
    const auto alice = must(sign_up(invited));
    EXPECT_EQ(must(store_->rooms_of(alice.user.id)).at(0).uri, tea);
}

TEST_F(ClosedHouse, OnlyTheAdministratorsLinkOpensIt) {
    auto invited = request("alice");
    invited.invite = make_token();
    EXPECT_EQ(outcome(sign_up(invited)), "registration_closed");
    auto first = request("root");
    first.link = must(accounts_.admin_link());
    EXPECT_TRUE(must(sign_up(first)).user.admin);
    auto second = request("root2");
    second.link = first.link;
    EXPECT_EQ(outcome(sign_up(second)), "bad_link");
}

}  // namespace
}  // namespace riposte
