#pragma once

#include "store/sqlite/lock_file.hpp"
#include "store/sqlite/readers.hpp"
#include "store/sqlite/search_index.hpp"
#include "store/sqlite/writer.hpp"
#include "store/store.hpp"

namespace riposte::sqlite {

/// Turns each call of the application into a queued write or read; what they do stands in the file of their topic.
class SqliteStore final : public Store {
public:
    struct Parts {
        StoreOptions options;
        std::filesystem::path file;
        std::unique_ptr<LockFile> lock;
        Database writer;
        std::vector<Database> readers;
        std::vector<Database> slow_readers;
    };
    SqliteStore(Parts parts, CommitSink& sink);
    ~SqliteStore() override;

    void stop() override;
    Awaitable<Result<std::int64_t>> backup(std::filesystem::path file) override;

    Awaitable<Result<User>> create_user(NewUser user) override;
    Awaitable<Result<User>> ensure_bot(std::string plugin, std::string display_name) override;
    Awaitable<Result<Credentials>> credentials(std::string name) override;
    Awaitable<Result<std::vector<std::string>>> session_addresses(std::string name) override;
    Awaitable<Result<User>> user(std::string name) override;
    Awaitable<Result<Me>> me(UserId user) override;
    Awaitable<Result<Me>> update_me(UserId user, std::optional<std::string> display_name,
                                    std::optional<std::string> locale) override;
    Awaitable<Result<>> create_session(NewSession session) override;
    Awaitable<Result<Identity>> session(std::string token_hash) override;
    Awaitable<Result<>> end_session(std::string token_hash) override;
    Awaitable<Result<>> end_all_sessions(UserId user) override;
    Awaitable<Result<>> change_password(UserId user, std::string password_hash, std::string keep_token_hash) override;
    Awaitable<Result<>> create_link(LinkPurpose purpose, std::string link_hash, std::optional<UserId> user,
                                    Timestamp expires_at) override;
    Awaitable<Result<User>> reset_password(std::string link_hash, std::string password_hash) override;
    Awaitable<Result<bool>> has_administrator() override;
    Awaitable<Result<std::string>> export_user(UserId user) override;
    Awaitable<Result<>> delete_user(UserId user) override;

    Awaitable<Result<AccessToken>> create_token(NewToken token) override;
    Awaitable<Result<std::vector<AccessToken>>> tokens_of(UserId user) override;
    Awaitable<Result<>> revoke_token(UserId user, std::int64_t id) override;
    Awaitable<Result<>> drop_expired_tokens() override;
    Awaitable<Result<Listed<OwnedToken>>> all_tokens(Listing listing) override;
    Awaitable<Result<>> revoke_any_token(ActingOperator by, std::int64_t id) override;

    Awaitable<Result<Room>> create_room(UserId owner, NewRoom room) override;
    Awaitable<Result<std::pair<Room, bool>>> direct_room(UserId one, std::string other) override;
    Awaitable<Result<Room>> room(UserId user, std::string uri) override;
    Awaitable<Result<std::vector<Room>>> rooms_of(UserId user) override;
    Awaitable<Result<std::vector<Room>>> public_rooms(UserId not_in) override;
    Awaitable<Result<Room>> update_room(UserId user, std::string uri, std::optional<std::string> title,
                                        std::optional<RoomVisibility> visibility) override;
    Awaitable<Result<Room>> set_slow_mode(UserId by, std::string uri, std::int64_t seconds) override;
    Awaitable<Result<Room>> set_notifications(UserId user, std::string uri, std::optional<Notify> notify,
                                              std::optional<bool> muted) override;
    Awaitable<Result<std::vector<Member>>> members(UserId user, std::string uri) override;
    Awaitable<Result<Room>> join_public(UserId user, std::string uri) override;
    Awaitable<Result<>> add_member(UserId by, std::string uri, std::string name) override;
    Awaitable<Result<>> set_role(UserId by, std::string uri, std::string name, Role role) override;
    Awaitable<Result<>> remove_member(UserId by, std::string uri, std::string name) override;
    Awaitable<Result<std::vector<RoomPlugin>>> room_plugins(UserId user, std::string uri) override;
    Awaitable<Result<RoomPlugin>> add_plugin(UserId by, std::string uri, std::string plugin,
                                             std::optional<bool> hears) override;
    Awaitable<Result<>> remove_plugin(UserId by, std::string uri, std::string plugin) override;
    Awaitable<Result<Invite>> create_invite(UserId by, std::string uri, NewInvite invite) override;
    Awaitable<Result<std::vector<Invite>>> invites(UserId by, std::string uri) override;
    Awaitable<Result<>> revoke_invite(UserId by, std::string uri, std::int64_t id) override;
    Awaitable<Result<InviteView>> invite(std::string token_hash) override;
    Awaitable<Result<Room>> use_invite(UserId user, std::string token_hash) override;
    Awaitable<Result<>> report(UserId by, std::string uri, MessageId id, std::string reason) override;
    Awaitable<Result<std::vector<Report>>> reports(UserId by, std::string uri) override;
    Awaitable<Result<>> settle_report(UserId by, std::string uri, std::int64_t id) override;
    Awaitable<Result<>> mark_read(UserId user, std::string uri, Seq seq) override;

    void post(NewMessage message, std::optional<AckAddress> ack, std::function<void(Result<Posted>)> done) override;
    Awaitable<Result<Message>> edit(UserId by, std::string room, MessageId id, std::string text) override;
    Awaitable<Result<>> remove(UserId by, std::string room, MessageId id) override;
    Awaitable<Result<>> react(UserId by, std::string room, MessageId id, std::string emoji, bool on) override;
    Awaitable<Result<HistoryPage>> history(UserId user, std::string room, HistoryQuery query) override;
    Awaitable<Result<EventPage>> events(UserId user, std::string room, Seq after, int limit) override;
    Awaitable<Result<Missed>> missed(UserId user, std::string room, Seq after) override;
    Awaitable<Result<std::vector<SearchHit>>> search(UserId user, SearchQuery query) override;

    Awaitable<Result<>> may_upload(UserId owner, std::string room, std::int64_t size, FileQuota quota) override;
    Awaitable<Result<Attachment>> add_file(UserId owner, std::string room, Attachment file) override;
    Awaitable<Result<Attachment>> add_thumbnail(UserId owner, FileId id) override;
    Awaitable<Result<Attachment>> file(UserId user, FileId id) override;
    Awaitable<Result<>> remove_file(UserId owner, FileId id) override;
    Awaitable<Result<std::vector<FileId>>> forget_files(Timestamp loose_before) override;

    Awaitable<Result<std::optional<Message>>> reply(BotReply reply) override;
    Awaitable<Result<Message>> post_unasked(std::string plugin, std::string room, std::string text) override;
    Awaitable<Result<Invocation>> begin_heard(std::string plugin, InvocationId id, RoomId room,
                                              MessageId message) override;
    Awaitable<Result<Message>> edit_reply(std::string plugin, MessageId id, std::string text) override;
    void finish(Outcome outcome, std::function<void(Result<Invocation>)> done) override;
    Awaitable<Result<Invocation>> invocation(UserId author, InvocationId id) override;
    Awaitable<Result<std::vector<Invocation>>> invocations_of(UserId author, Timestamp since) override;
    Awaitable<Result<std::int64_t>> interrupt_open() override;

    Awaitable<Result<std::vector<PluginRecord>>> plugins() override;
    Awaitable<Result<>> save_plugin(PluginRecord record) override;
    Awaitable<Result<>> add_plugin_history(PluginHistoryEntry entry) override;
    Awaitable<Result<std::vector<PluginHistoryEntry>>> plugin_history(std::string plugin, int limit) override;
    Awaitable<Result<std::optional<std::string>>> key_value(std::string plugin, std::string key) override;
    Awaitable<Result<std::vector<std::string>>> keys(std::string plugin, std::string prefix, int limit) override;
    Awaitable<Result<>> write_key_values(std::string plugin, std::vector<KeyValueWrite> writes) override;
    Awaitable<Result<std::vector<PluginTimer>>> timers() override;
    Awaitable<Result<std::int64_t>> save_timer(PluginTimer timer) override;
    Awaitable<Result<Invocation>> fire_timer(std::int64_t id, InvocationId invocation) override;
    Awaitable<Result<>> remove_timer(std::string plugin, std::int64_t id) override;
    Awaitable<Result<std::optional<PluginState>>> plugin_state(std::string plugin) override;
    Awaitable<Result<>> save_plugin_state(PluginState state) override;
    Awaitable<Result<>> save_snapshot(PluginSnapshot snapshot, SnapshotValues values) override;
    Awaitable<Result<std::optional<PluginSnapshot>>> snapshot(std::string plugin) override;
    Awaitable<Result<>> exchange_values(std::string plugin) override;
    Awaitable<Result<>> trial_values(std::string plugin, TrialValues what) override;

    Awaitable<Result<Listed<UserSummary>>> users(Listing listing) override;
    Awaitable<Result<UserSummary>> set_account(ActingOperator by, std::string name, AccountState state) override;
    Awaitable<Result<>> remove_account(ActingOperator by, std::string name) override;
    Awaitable<Result<Listed<RoomSummary>>> all_rooms(Listing listing) override;
    Awaitable<Result<RoomSummary>> set_room(ActingOperator by, std::string uri, RoomState state) override;
    Awaitable<Result<std::vector<Report>>> all_reports() override;
    Awaitable<Result<>> settle_any_report(ActingOperator by, std::int64_t id) override;
    Awaitable<Result<>> remove_reported(ActingOperator by, std::int64_t id) override;
    Awaitable<Result<std::vector<InvocationSummary>>> find_invocations(std::string text) override;
    Awaitable<Result<>> add_audit(AuditEntry entry) override;
    Awaitable<Result<Listed<AuditEntry>>> audit(Listing listing) override;
    Awaitable<Result<StoreFigures>> figures() override;

private:
    template <class T = void>
    Awaitable<Result<T>> write(typename WriteOf<T>::Body body);
    template <class T>
    Awaitable<Result<T>> read(typename ReadOf<T>::Body body);
    template <class T>
    Awaitable<Result<T>> read_from(Readers& readers, typename ReadOf<T>::Body body);

    const std::filesystem::path file_;
    const std::unique_ptr<LockFile> lock_;
    SearchIndexer indexer_;
    Writer writer_;
    Readers readers_;
    Readers slow_readers_;  // backups and exports: they must not keep history waiting
};

template <class T>
Awaitable<Result<T>> SqliteStore::write(typename WriteOf<T>::Body body) {
    return await_callback<Result<T>>([this, body = std::move(body)](auto done) mutable {
        writer_.submit(std::make_unique<WriteOf<T>>(std::move(body), std::move(done)));
    });
}

template <class T>
Awaitable<Result<T>> SqliteStore::read_from(Readers& readers, typename ReadOf<T>::Body body) {
    return await_callback<Result<T>>([&readers, body = std::move(body)](auto done) mutable {
        readers.submit(std::make_unique<ReadOf<T>>(std::move(body), std::move(done)));
    });
}

template <class T>
Awaitable<Result<T>> SqliteStore::read(typename ReadOf<T>::Body body) {
    return read_from<T>(readers_, std::move(body));
}

}  // namespace riposte::sqlite
