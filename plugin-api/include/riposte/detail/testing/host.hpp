// The bodies of riposte::testing::Host; included by riposte/testing.hpp only.

namespace riposte::testing {

inline void Host::start() {
    read_settings();
    world_.refusal.clear();
    table_ = std::make_unique<Table>(world_, plugin().permissions, data_dir_.c_str());
    if (plugin().start(table_.get(), &instance_) == RIPOSTE_OK) return;
    instance_ = nullptr;
    throw Refused(world_.refusal.empty() ? "start() failed" : world_.refusal);
}

inline void Host::stop() {
    if (!instance_ && !table_) return;
    table_->stop();
    plugin().stop(std::exchange(instance_, nullptr));
    table_.reset();
}

inline void Host::read_settings() {
    world_.settings.clear();
    for (const riposte_setting* const* each = plugin().settings; each && *each; ++each) {
        riposte_setting setting = **each;
        const auto [begin, end] = given_.equal_range(setting.name);
        std::vector<std::string> typed;
        for (auto given = begin; given != end; ++given) typed.push_back(given->second);
        if (typed.empty() && setting.otherwise) typed.emplace_back(setting.otherwise);
        if (typed.empty() && (setting.flags & RIPOSTE_REQUIRED))
            throw Refused(std::string("the setting ") + setting.name + " is missing");
        if (setting.type == RIPOSTE_TEXT_LIST) setting.type = RIPOSTE_TEXT;
        for (const std::string& text : typed) {
            Value value;
            if (const std::string fault = read_value(setting, text, value); !fault.empty()) throw Refused(fault);
            world_.settings.emplace(setting.name, value);
        }
    }
}

/// The longest declared prefix or alias with which `line` begins: at a word's end, or after a Han character.
inline std::optional<Host::Match> Host::match(std::string_view line) const {
    std::optional<Match> best;
    const auto consider = [&](std::uint32_t command, std::string_view prefix) {
        if (!line.starts_with(prefix) || (best && best->prefix.size() >= prefix.size())) return;
        const std::string_view rest = line.substr(prefix.size());
        const bool after_han = static_cast<unsigned char>(prefix.back()) >= 0x80;
        if (rest.empty() || rest.front() == ' ' || rest.starts_with("\u3000") || after_han)
            best = {command, prefix, rest.substr(std::min(rest.find_first_not_of(' '), rest.size()))};
    };
    for (std::uint32_t i = 0; plugin().commands && plugin().commands[i]; ++i) {
        const riposte_command& command = *plugin().commands[i];
        consider(i, command.prefix);
        for (const char* const* alias = command.aliases; alias && *alias; ++alias) consider(i, *alias);
    }
    return best;
}

inline std::optional<std::uint32_t> Host::heard(std::string_view line) const {
    for (const auto& [hearing, pattern] : world_.hearings)
        if (is_in(line, *testing::pattern(pattern))) return hearing;
    return std::nullopt;
}

inline Result Host::says(const std::string& user, std::string_view line, const std::string& room) {
    if (!line.starts_with('/')) {
        const std::optional<std::uint32_t> hearing = heard(line);
        if (!hearing) return {};
        return run({.user = user, .room = room, .origin = RIPOSTE_FROM_HEARING, .line = line, .hearing = *hearing});
    }
    const std::optional<Match> match = this->match(line);
    if (!match) return {Outcome::Rejected, "unknown command", {}};
    const riposte_command& command = *plugin().commands[match->command];
    const Person& person = world_.person(user);
    const bool allowed = command.audience == RIPOSTE_OPERATOR ? person.administrator : command.audience <= person.role;
    if (!allowed) return {Outcome::Rejected, "not allowed", {}};
    ArgumentReader reader(command, match->rest);
    if (const std::string fault = reader.read(); !fault.empty()) return {Outcome::Rejected, fault, {}};
    const std::vector<riposte_argument> arguments = reader.abi();
    std::uint32_t flags = 0;
    if (command.visibility == RIPOSTE_VISIBLE_TO_AUTHOR) flags |= RIPOSTE_AUTHOR_ONLY;
    Result result = run({.user = user,
                         .room = room,
                         .command = match->command,
                         .line = line,
                         .rest = match->rest,
                         .arguments = &arguments,
                         .flags = flags});
    for (Reply& each : result.replies) each.ephemeral |= flags != 0;
    return result;
}

inline riposte_call Host::begin(const Asked& asked, std::int64_t first_output_ms) {
    const std::lock_guard lock(world_.mutex);
    const riposte_call id = ++world_.last_id;
    World::Call& call = world_.calls[id];
    call.user = asked.user;
    call.room = asked.room;
    call.command = asked.command;
    call.heard = asked.origin == RIPOSTE_FROM_HEARING;
    call.author_only = (asked.flags & RIPOSTE_AUTHOR_ONLY) != 0;
    call.output_due = world_.now + first_output_ms;
    call.ends = world_.now + World::total_ms;
    if (cancel_after_) call.cancelled = world_.now + std::exchange(cancel_after_, std::nullopt)->count();
    return id;
}

inline Result Host::run(const Asked& asked) {
    const riposte_command* command = asked.command == RIPOSTE_NO_COMMAND ? nullptr : plugin().commands[asked.command];
    const riposte_call id =
        begin(asked, command && command->deadline_ms ? command->deadline_ms : World::first_output_ms);
    World::Call& call = world_.calls.at(id);
    const Person& person = world_.person(asked.user);
    const std::string uuid = "00000000-0000-7000-8000-" + std::to_string(100'000'000'000 + id);

    riposte_invocation invocation{};
    invocation.struct_size = sizeof invocation;
    invocation.command = asked.command;
    invocation.origin = asked.origin;
    invocation.flags = asked.flags;
    if (person.administrator) invocation.flags |= RIPOSTE_ADMINISTRATOR;
    invocation.call = id;
    invocation.id = abi(uuid);
    invocation.prefix = abi(command ? command->prefix : "");
    invocation.line = abi(asked.line);
    invocation.rest = abi(asked.rest);
    invocation.arguments = asked.arguments ? asked.arguments->data() : nullptr;
    invocation.argument_count = asked.arguments ? asked.arguments->size() : 0;
    invocation.user_id = person.id;
    invocation.user_name = invocation.user_display_name = abi(asked.user);
    invocation.user_role = person.role;
    invocation.room_id = world_.room(asked.room);
    invocation.room = invocation.room_title = abi(asked.room);
    invocation.locale = abi(person.locale);
    invocation.time_zone = abi(person.time_zone);
    invocation.deadline = call.output_due;
    invocation.timer = asked.timer;
    invocation.due = asked.due;
    invocation.payload = abi(asked.payload);
    invocation.hearing = asked.hearing;

    const riposte_result result = plugin().on_command(instance_, &invocation);
    std::unique_lock lock(world_.mutex);
    if (result == RIPOSTE_PENDING) {
        constexpr std::chrono::seconds patience{10};
        if (!world_.changed.wait_for(lock, patience, [&] { return !call.open; })) world_.end(call, Outcome::TimedOut);
    }
    world_.end(call, result == RIPOSTE_DONE ? Outcome::Done : Outcome::Failed);
    Result done = std::move(call.result);
    std::erase_if(done.replies, [](const Reply& reply) { return reply.text.empty(); });
    return done;
}

inline std::vector<Result> Host::fire_until(std::int64_t time, std::uint32_t flags) {
    std::vector<Result> results;
    for (;;) {
        auto next = world_.timers.begin();
        for (auto each = next; each != world_.timers.end(); ++each)
            if (each->second.due < next->second.due) next = each;
        if (next == world_.timers.end() || next->second.due > time) break;
        const auto [id, timer] = *next;
        world_.timers.erase(next);
        world_.now = std::max(world_.now, timer.due);
        results.push_back(run({.user = timer.user,
                               .room = timer.room,
                               .origin = RIPOSTE_FROM_TIMER,
                               .command = timer.command,
                               .timer = id,
                               .due = timer.due,
                               .payload = timer.payload,
                               .flags = flags}));
    }
    const std::lock_guard lock(world_.mutex);
    world_.now = std::max(world_.now, time);
    world_.changed.notify_all();
    return results;
}

inline std::vector<Result> Host::restart(std::chrono::milliseconds downtime) {
    const auto state = saved(plugin().state_schema);
    stop();
    world_.hearings.clear();
    world_.now += downtime.count();
    start();
    if (state) plugin().restore_state(instance_, state->first, abi(state->second));
    return fire_until(world_.now, RIPOSTE_LATE);
}

/// The state of the instance in the wanted schema, else in its own.
inline std::optional<std::pair<std::uint32_t, std::string>> Host::saved(std::uint32_t wanted) {
    if (!plugin().save_state || wanted == 0) return std::nullopt;
    std::string bytes;
    const auto receive = [](void* to, riposte_text text) noexcept {
        if (text.size) static_cast<std::string*>(to)->assign(text.data, text.size);
    };
    for (const std::uint32_t schema : {wanted, plugin().state_schema})
        if (plugin().save_state(instance_, schema, receive, &bytes) == RIPOSTE_OK) return {{schema, bytes}};
    throw Refused("the state cannot be saved");
}

inline void Host::swap(Library next) {
    const auto state = saved(next.plugin().state_schema);
    Library old = std::exchange(library_, std::move(next));
    std::unique_ptr<Table> old_table = std::move(table_);
    void* old_instance = std::exchange(instance_, nullptr);
    try {
        start();
        if (state && plugin().restore_state(instance_, state->first, abi(state->second)) != RIPOSTE_OK) {
            stop();
            throw Refused(world_.refusal.empty() ? "restore_state() failed" : world_.refusal);
        }
    } catch (const Refused&) {
        library_ = std::move(old);
        table_ = std::move(old_table);
        instance_ = old_instance;
        read_settings();
        throw;
    }
    old_table->stop();
    old.plugin().stop(old_instance);
}

inline std::vector<std::string> Host::suggestions(const std::string& user, std::string_view line,
                                                  std::string_view option, const std::string& typed) {
    world_.suggestions.clear();
    const std::optional<Match> match = this->match(line);
    if (!match || !plugin().suggest) return {};
    const riposte_option* const* options = plugin().commands[match->command]->options;
    ArgumentReader reader(*plugin().commands[match->command], match->rest);
    reader.read_so_far();
    const std::vector<riposte_argument> before = reader.abi();
    for (std::uint32_t i = 0; options && options[i]; ++i) {
        if (options[i]->name != option || !(options[i]->flags & RIPOSTE_SUGGESTS)) continue;
        riposte_suggestion_request request{};
        request.struct_size = sizeof request;
        request.command = match->command;
        request.option = i;
        request.call = ++world_.last_id;
        request.typed = abi(typed);
        request.user_id = world_.person(user).id;
        request.user_name = abi(user);
        request.locale = abi(world_.person(user).locale);
        request.arguments = before.data();
        request.argument_count = before.size();
        plugin().suggest(instance_, &request);
    }
    return world_.suggestions;
}

inline void Host::forget(const std::string& user) {
    if (plugin().forget_user) plugin().forget_user(instance_, world_.person(user).id, abi(user));
    world_.people.erase(user);
}

}  // namespace riposte::testing
