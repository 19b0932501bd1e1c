#include "unit/store/world.hpp"

namespace riposte {
namespace {

/// Who asks, and what becomes of each thing they try. `room` is public in the rows that say so.
struct Row {
    const char* who;
    RoomVisibility visibility;
    const char *see, *join, *read, *post, *invite, *remove_other, *give_role;
};

constexpr auto Private = RoomVisibility::Private;
constexpr auto Public = RoomVisibility::Public;

// clang-format off
constexpr Row table[] = {
    // who        visibility  see          join         read            post            invite          remove_other    give_role
    {"stranger",  Private,    "not_found", "not_found", "not_found",    "not_found",    "not_found",    "not_found",    "not_found"},
    {"stranger",  Public,     "ok",        "ok",        "not_a_member", "not_a_member", "not_a_member", "not_a_member", "not_a_member"},
    {"barred",    Private,    "not_found", "not_found", "not_found",    "not_found",    "not_found",    "not_found",    "not_found"},
    {"barred",    Public,     "ok",        "barred",    "barred",       "barred",       "barred",       "barred",       "barred"},
    {"left",      Private,    "not_found", "not_found", "not_found",    "not_found",    "not_found",    "not_found",    "not_found"},
    {"member",    Private,    "ok",        "ok",        "ok",           "ok",           "not_allowed",  "not_allowed",  "not_allowed"},
    {"member",    Public,     "ok",        "ok",        "ok",           "ok",           "not_allowed",  "not_allowed",  "not_allowed"},
    {"moderator", Private,    "ok",        "ok",        "ok",           "ok",           "ok",           "ok",           "not_allowed"},
    {"owner",     Private,    "ok",        "ok",        "ok",           "ok",           "ok",           "ok",           "ok"},
    {"deleted",   Public,     "unauthenticated", "unauthenticated", "unauthenticated", "unauthenticated", "unauthenticated",
                              "unauthenticated", "unauthenticated"},
};
// clang-format on

class Rights : public World, public ::testing::WithParamInterface<Row> {
protected:
    /// The room, and the asking person put into the standing that the row names.
    void prepare(const Row& row) {
        const auto founder = person("founder");
        person("other");
        uri_ = must(store_->create_room(founder.id, {.title = "Room", .visibility = row.visibility})).uri;
        must(store_->add_member(founder.id, uri_, "other"));
        asker_ = person("asker");
        const std::string who = row.who;
        if (who == "stranger") return;
        must(store_->add_member(founder.id, uri_, "asker"));
        if (who == "barred") must(store_->remove_member(founder.id, uri_, "asker"));
        if (who == "left") must(store_->remove_member(asker_.id, uri_, "asker"));
        if (who == "moderator") must(store_->set_role(founder.id, uri_, "asker", Role::Moderator));
        if (who == "owner") must(store_->set_role(founder.id, uri_, "asker", Role::Owner));
        if (who == "deleted") must(store_->delete_user(asker_.id));
    }

    std::string uri_;
    User asker_;
};

TEST_P(Rights, FollowFromStanding) {
    const auto& row = GetParam();
    prepare(row);
    const auto id = asker_.id;
    EXPECT_EQ(outcome(store_->room(id, uri_)), row.see);
    EXPECT_EQ(outcome(store_->history(id, uri_, {})), row.read);
    EXPECT_EQ(outcome(store_->events(id, uri_, 0, 10)), row.read);
    EXPECT_EQ(outcome(store_->missed(id, uri_, 0)), row.read);
    EXPECT_EQ(outcome(store_->members(id, uri_)), row.read);
    EXPECT_EQ(outcome(store_->search(id, {.text = "word", .room = uri_})), row.read);
    EXPECT_EQ(outcome(post(message(asker_, uri_, "hello"))), row.post);
    EXPECT_EQ(outcome(store_->mark_read(id, uri_, 1)), row.post);
    EXPECT_EQ(outcome(store_->create_invite(id, uri_, {.token_hash = "hash"})), row.invite);
    EXPECT_EQ(outcome(store_->update_room(id, uri_, "Title", {})), row.invite);
    EXPECT_EQ(outcome(store_->set_role(id, uri_, "other", Role::Member)), row.give_role);
    EXPECT_EQ(outcome(store_->remove_member(id, uri_, "other")), row.remove_other);
    EXPECT_EQ(outcome(store_->join_public(id, uri_)), row.join);
}

INSTANTIATE_TEST_SUITE_P(Table, Rights, ::testing::ValuesIn(table), [](const auto& info) {
    return std::string(info.param.who) + (info.param.visibility == Public ? "InPublic" : "InPrivate");
});

}  // namespace
}  // namespace riposte
