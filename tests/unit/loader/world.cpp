#include "unit/loader/world.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include <future>
#include <iterator>

namespace riposte::test {

namespace fs = std::filesystem;

template <class Change>
auto RecordingServices::locked(Change change) {
    const std::lock_guard lock(mutex);
    struct Notify {
        std::condition_variable& changed;
        ~Notify() { changed.notify_all(); }
    } notify{changed_};
    return change();
}

bool RecordingServices::wait(std::chrono::milliseconds limit, const std::function<bool()>& holds) {
    std::unique_lock lock(mutex);
    return changed_.wait_for(lock, limit, holds);
}

bool RecordingServices::refuses() {
    return locked([&] { return refusals_to_come > 0 && refusals_to_come-- > 0; });
}

void RecordingServices::catalogue_changed(CatalogueSnapshot snapshot) {
    locked([&] { catalogue = std::move(snapshot); });
}
void RecordingServices::running(InvocationId invocation) {
    locked([&] { ran_long.push_back(invocation); });
}
Awaitable<Result<std::optional<MessageId>>> RecordingServices::reply(BotReply reply) {
    if (refuses()) co_return Problem{.code = ErrorCode::Overloaded};
    const auto id = MessageId::make();
    const bool shown = reply.visibility == CommandVisibility::Room;
    locked([&] { posted.push_back({std::move(reply), id, {}, {}}); });
    co_return shown ? std::optional(id) : std::nullopt;
}
Awaitable<Result<>> RecordingServices::edit(std::string, MessageId message, std::string text) {
    if (refuses()) co_return Problem{.code = ErrorCode::Overloaded};
    locked([&] {
        for (auto& each : posted)
            if (each.id == message) each.edits.push_back(std::move(text));
    });
    co_return Result<>();
}
Awaitable<Result<>> RecordingServices::post(std::string plugin, std::string room, std::string text) {
    co_return locked([&]() -> Result<> {
        if (refuses_posts) return Problem{.code = *refuses_posts};
        unasked.push_back(plugin + " in " + room + ": " + text);
        return {};
    });
}
Awaitable<Result<>> RecordingServices::overheard(std::string plugin, std::uint32_t hearing,
                                                 std::shared_ptr<const Message> message) {
    CallRequest call;
    call.invocation.id = InvocationId::make();
    call.invocation.plugin = std::move(plugin);
    call.invocation.text = message->text;
    call.invocation.room = message->room;
    call.invocation.room_id = message->room_id;
    call.caller.id = call.invocation.author = message->author.id;
    call.caller.name = message->author.name;
    call.origin = Origin::Hearing;
    call.hearing = hearing;
    locked([&] { heard.push_back(call.invocation.id); });
    host->submit(std::move(call));
    co_return Result<>();
}
void RecordingServices::stream_chunk(MessageId message, RoomId, std::size_t offset, std::string text) {
    locked([&] {
        for (auto& each : posted)
            if (each.id == message && each.reply.text.size() + each.streamed.size() == offset) each.streamed += text;
    });
}
void RecordingServices::finish(Outcome outcome, std::function<void(Result<>)> done) {
    if (refuses()) return done(Problem{.code = ErrorCode::Overloaded});
    done(locked([&]() -> Result<> {
        for (const auto& write : outcome.writes) {
            if (write.value) store[write.key] = *write.value;
            else store.erase(write.key);
        }
        if (outcome.last_reply) posted.push_back({*outcome.last_reply, MessageId::make(), {}, {}});
        outcomes[outcome.invocation].push_back(std::move(outcome));
        return {};
    }));
}
Awaitable<Result<std::optional<std::string>>> RecordingServices::key_value(std::string, std::string key) {
    co_return locked([&]() -> Result<std::optional<std::string>> {
        const auto found = store.find(key);
        return found == store.end() ? std::nullopt : std::optional(found->second);
    });
}
Awaitable<Result<std::vector<std::string>>> RecordingServices::keys(std::string, std::string prefix, int) {
    co_return locked([&]() -> Result<std::vector<std::string>> {
        std::vector<std::string> found;
        for (const auto& [key, value] : store)
            if (key.starts_with(prefix)) found.push_back(key);
        return found;
    });
}
Awaitable<Result<>> RecordingServices::write_key_values(std::string, std::vector<KeyValueWrite> writes) {
    co_return locked([&]() -> Result<> {
        for (const auto& write : writes) {
            if (write.value) store[write.key] = *write.value;
            else store.erase(write.key);
        }
        return {};
    });
}
Awaitable<Result<std::vector<Forgotten>>> RecordingServices::to_forget(std::string plugin) {
    co_return locked([&]() -> Result<std::vector<Forgotten>> {
        std::vector<Forgotten> of_it;
        std::ranges::copy_if(forgets, std::back_inserter(of_it),
                             [&](const Forgotten& each) { return each.plugin == plugin; });
        return of_it;
    });
}
Awaitable<Result<>> RecordingServices::forgot(std::string plugin, UserId user) {
    locked([&] {
        std::erase_if(forgets, [&](const Forgotten& each) { return each.plugin == plugin && each.user == user; });
    });
    co_return Result<>();
}
Awaitable<Result<std::vector<PluginTimer>>> RecordingServices::timers() {
    co_return locked([&]() -> Result<std::vector<PluginTimer>> {
        std::vector<PluginTimer> all;
        for (const auto& [id, timer] : kept_timers) all.push_back(timer);
        return all;
    });
}
Awaitable<Result<std::int64_t>> RecordingServices::save_timer(PluginTimer timer) {
    co_return locked([&]() -> Result<std::int64_t> {
        timer.id = ++last_timer_;
        kept_timers[timer.id] = timer;
        return timer.id;
    });
}
Awaitable<Result<>> RecordingServices::remove_timer(std::string, std::int64_t id) {
    locked([&] { kept_timers.erase(id); });
    co_return Result<>();
}
void RecordingServices::timer_due(PluginTimer timer, bool late) {
    locked([&] {
        kept_timers.erase(timer.id);
        due.emplace_back(std::move(timer), late);
    });
}
Awaitable<Result<std::vector<PluginRecord>>> RecordingServices::plugins() {
    co_return locked([&]() -> Result<std::vector<PluginRecord>> {
        std::vector<PluginRecord> all;
        for (const auto& [id, record] : records) all.push_back(record);
        return all;
    });
}
Awaitable<Result<>> RecordingServices::save_plugin(PluginRecord record) {
    locked([&] { records[record.id] = record; });
    co_return Result<>();
}
Awaitable<Result<>> RecordingServices::add_history(PluginHistoryEntry entry) {
    locked([&] { entries.push_back(std::move(entry)); });
    co_return Result<>();
}
Awaitable<Result<std::vector<PluginHistoryEntry>>> RecordingServices::history(std::string, int) {
    co_return locked([&]() -> Result<std::vector<PluginHistoryEntry>> { return entries; });
}
Awaitable<Result<std::optional<PluginState>>> RecordingServices::state(std::string plugin) {
    co_return locked([&]() -> Result<std::optional<PluginState>> {
        const auto found = states.find(plugin);
        return found == states.end() ? std::nullopt : std::optional(found->second);
    });
}
Awaitable<Result<>> RecordingServices::save_state(PluginState state) {
    locked([&] { states[state.plugin] = state; });
    co_return Result<>();
}

Awaitable<Result<>> RecordingServices::save_snapshot(PluginSnapshot snapshot, SnapshotValues values) {
    locked([&] {
        if (values != SnapshotValues::Leave) snapshot_store.clear();
        if (values == SnapshotValues::Copy) snapshot_store = store;
        snapshots[snapshot.plugin] = snapshot;
    });
    co_return Result<>();
}
Awaitable<Result<std::optional<PluginSnapshot>>> RecordingServices::snapshot(std::string plugin) {
    co_return locked([&]() -> Result<std::optional<PluginSnapshot>> {
        const auto found = snapshots.find(plugin);
        return found == snapshots.end() ? std::nullopt : std::optional(found->second);
    });
}
Awaitable<Result<>> RecordingServices::exchange_values(std::string) {
    locked([&] { std::swap(store, snapshot_store); });
    co_return Result<>();
}
Awaitable<Result<>> RecordingServices::trial_values(std::string, TrialValues what) {
    locked([&] {
        if (what == TrialValues::Copy) trial_store = store;
        if (what == TrialValues::PutBack) store = trial_store;
        if (what != TrialValues::Copy) trial_store.clear();
    });
    co_return Result<>();
}

World::World() : work_(io.get_executor()), control_([this] { io.run(); }) {
    std::string pattern = (fs::temp_directory_path() / "riposte-loader-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    fs::create_directories(folder / "inbox");
    options.executable = fs::read_symlink("/proc/self/exe");
    options.inbox_directory = folder / "inbox";
    options.data_directory = folder / "data";
}

World::~World() {
    if (host && !stopped_) stop();
    work_.reset();
    io.stop();
    control_.join();
    host.reset();
    fs::remove_all(folder);
}

void World::install(const std::string& plugin, const std::string& as) {
    const auto bundled = fs::path(BUNDLED) / (plugin + ".so");
    const auto source = fs::exists(bundled) ? bundled : fs::path(FIXTURES) / (plugin + ".so");
    const auto hidden = options.inbox_directory / ".incoming";
    fs::copy_file(source, hidden, fs::copy_options::overwrite_existing);
    fs::rename(hidden, options.inbox_directory / ((as.empty() ? plugin : as) + ".so"));
}

template <class T>
T World::run(Awaitable<T> work) {
    auto future = asio::co_spawn(io, std::move(work), asio::use_future);
    if (future.wait_for(20s) != std::future_status::ready) throw std::runtime_error("the host does not come back");
    return future.get();
}
template ReloadReport World::run(Awaitable<ReloadReport>);
template Result<ReloadReport> World::run(Awaitable<Result<ReloadReport>>);
template Result<PluginView> World::run(Awaitable<Result<PluginView>>);
template Result<std::vector<PluginLogLine>> World::run(Awaitable<Result<std::vector<PluginLogLine>>>);
template Result<std::vector<SettingView>> World::run(Awaitable<Result<std::vector<SettingView>>>);
template std::vector<SuggestedValue> World::run(Awaitable<std::vector<SuggestedValue>>);
// Those that tests use.

void World::start() {
    stopped_ = false;
    host = std::make_unique<PluginHost>(options, services, io.get_executor());
    services.host = host.get();
    run(host->start());
}

void World::stop(std::chrono::milliseconds deadline) {
    run(host->stop(deadline));
    stopped_ = true;
}

InvocationId World::says(const std::string& line, const std::string& user) {
    CallRequest call;
    auto& invocation = call.invocation;
    invocation.id = InvocationId::make();
    invocation.text = line;
    invocation.room = "lobby";
    invocation.room_id = RoomId{1};
    call.room_title = "Lobby";
    {
        const std::lock_guard lock(services.mutex);
        const auto match = services.catalogue->match(line);
        if (!match) throw std::runtime_error("no such command: " + line);
        invocation.plugin = match->command->plugin;
        invocation.command = match->command->prefix;
        invocation.visibility = match->command->visibility;
        call.catalogue_version = services.catalogue->version();
    }
    call.caller.id = static_cast<UserId>(std::hash<std::string>()(user) & 0xffffff);
    invocation.author = call.caller.id;
    call.caller.name = call.caller.display_name = user;
    call.caller.locale = "en";
    const auto id = invocation.id;
    host->submit(std::move(call));
    return id;
}

void World::chats(const std::string& plugin, const std::string& text, const std::string& user) {
    auto message = std::make_shared<Message>();
    message->id = MessageId::make();
    message->room_id = RoomId{1};
    message->room = "lobby";
    message->author.id = static_cast<UserId>(std::hash<std::string>()(user) & 0xffffff);
    message->author.name = user;
    message->text = text;
    asio::post(io, [this, plugin, message] { host->hear(plugin, message); });
}

std::vector<std::string> World::answers_to_heard(std::size_t calls) {
    services.wait(5s, [&] {
        return services.heard.size() >= calls &&
               std::ranges::all_of(services.heard, [&](InvocationId id) { return services.outcomes.contains(id); });
    });
    std::vector<InvocationId> heard;
    {
        const std::lock_guard lock(services.mutex);
        heard = services.heard;
    }
    std::vector<std::string> all;
    for (const auto id : heard)
        for (auto& each : answers(id)) all.push_back(std::move(each));
    return all;
}

std::string World::outcome(InvocationId invocation, std::chrono::milliseconds limit) {
    if (!services.wait(limit, [&] { return services.outcomes.contains(invocation); })) return "nothing";
    const std::lock_guard lock(services.mutex);
    const auto& outcomes = services.outcomes[invocation];
    if (outcomes.size() != 1) return "more than one outcome";
    const auto& outcome = outcomes.front();
    if (!outcome.failure) return "done";
    return std::string(info(*outcome.failure).name) + (outcome.detail.empty() ? "" : ": " + outcome.detail);
}

std::vector<std::string> World::answers(InvocationId invocation) {
    const std::lock_guard lock(services.mutex);
    std::vector<std::string> texts;
    for (const auto& each : services.posted)
        if (each.reply.invocation == invocation)
            texts.push_back(each.edits.empty() ? each.reply.text : each.edits.back());
    return texts;
}

std::string World::asks(const std::string& line, const std::string& user) {
    const auto id = says(line, user);
    const auto end = outcome(id);
    const auto texts = answers(id);
    return end == "done" && texts.size() == 1 ? texts[0] : end;
}

PluginView World::plugin(const std::string& id) {
    for (auto& view : run(host->list()))
        if (view.id == id) return view;
    return {};
}

bool World::becomes(const std::string& id, const std::function<bool(const PluginView&)>& holds,
                    std::chrono::milliseconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (std::chrono::steady_clock::now() < until) {
        if (holds(plugin(id))) return true;
        std::this_thread::sleep_for(5ms);
    }
    return false;
}

}  // namespace riposte::test
