#pragma once

#include <riposte/detail/testing/arguments.hpp>

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace riposte::testing {

/// One answer to a call, as it stands at the end.
struct Reply {
    std::string text;
    bool ephemeral = false;             // only the author sees it
    std::vector<std::string> chunks{};  // of a stream
    std::vector<std::string> edits{};   // the texts it had before
};

enum class Outcome { Done, Failed, Rejected, TimedOut, Cancelled };

/// What came of a line.
struct Result {
    Outcome outcome = Outcome::Done;
    std::string reason;  // Failed: the plugin's text. Rejected: what is wrong with the line
    std::vector<Reply> replies;

    bool done() const { return outcome == Outcome::Done; }
    /// All replies, one a line.
    std::string text() const {
        std::string all;
        for (const Reply& each : replies) all += (all.empty() ? "" : "\n") + each.text;
        return all;
    }
};

struct Person {
    std::int64_t id = 0;
    riposte_role role = RIPOSTE_ROLE_MEMBER;
    bool administrator = false;
    std::string locale = "en";
    std::string time_zone = "UTC";
};

struct Post {
    std::string room;
    std::string text;
};

/// What an in-memory host knows. Locked by `mutex`: a plugin's threads come here too.
struct World {
    struct Call {
        Result result;
        std::string user, room;
        std::uint32_t command = RIPOSTE_NO_COMMAND;
        std::map<std::string, std::optional<std::string>> writes{};
        std::int64_t output_due = 0;  // by when something must be put out
        std::int64_t ends = 0;        // by when it must be over
        std::int64_t cancelled = INT64_MAX;
        std::size_t bytes = 0;
        std::set<std::size_t> growing{};  // streams that have not ended, by their place in the replies
        bool author_only = false;
        bool heard = false;  // begun by a message, not by a command
        bool open = true;
    };
    struct Timer {
        std::int64_t due;
        std::string user, room, payload;
        std::uint32_t command;
    };
    static constexpr std::int64_t first_output_ms = 10'000;  // as the host's defaults
    static constexpr std::int64_t between_outputs_ms = 30'000;
    static constexpr std::int64_t total_ms = 300'000;

    std::mutex mutex;
    std::condition_variable changed;
    std::int64_t now = 1'700'000'000'000;  // 2023-11-14 22:13:20 UTC
    std::map<std::string, std::string> store;
    std::map<std::int64_t, Timer> timers;
    std::map<riposte_call, Call> calls;
    std::map<std::uint32_t, std::string> hearings;
    std::map<std::string, Person> people;
    std::map<std::string, std::int64_t> rooms;
    std::multimap<std::string, Value> settings;
    std::vector<std::string> suggestions;
    std::vector<std::string> log;
    std::vector<Post> posts;
    std::map<std::string, std::int64_t> posted_at;  // by room, the last
    std::string refusal;
    std::uint64_t last_id = 0;
    std::int64_t last_person = 0;

    /// The call if it is still open.
    Call* open(riposte_call id) {
        const auto found = calls.find(id);
        return found != calls.end() && found->second.open ? &found->second : nullptr;
    }

    /// Ends a call, once: its writes are kept if it is done, else dropped.
    void end(Call& call, Outcome outcome, std::string reason = {}) {
        if (!call.open) return;
        call.open = false;
        call.result.outcome = outcome;
        call.result.reason = std::move(reason);
        if (outcome == Outcome::Done)
            for (const auto& [key, value] : call.writes) write(key, value);
        changed.notify_all();
    }

    void write(const std::string& key, const std::optional<std::string>& value) {
        if (value) store[key] = *value;
        else store.erase(key);
    }

    /// The store as a call sees it.
    std::map<std::string, std::string> seen_by(riposte_call id) {
        std::map<std::string, std::string> seen = store;
        const Call* call = open(id);
        if (!call) return seen;
        for (const auto& [key, value] : call->writes) {
            if (value) seen[key] = *value;
            else seen.erase(key);
        }
        return seen;
    }

    std::int64_t room(const std::string& uri) {
        std::int64_t& id = rooms[uri];
        if (id == 0) id = static_cast<std::int64_t>(rooms.size());
        return id;
    }
    Person& person(const std::string& name) {
        Person& person = people[name];
        if (person.id == 0) person.id = ++last_person;
        return person;
    }
};

/// Bytes of the character that `lead` begins; 0 if it begins none.
inline std::size_t utf8_size(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead < 0xE0) return 2;
    if (lead >= 0xE0 && lead < 0xF0) return 3;
    return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

inline bool valid_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = utf8_size(static_cast<unsigned char>(text.front()));
        if (size == 0 || size > text.size()) return false;
        for (const char c : text.substr(1, size - 1))
            if ((c & 0xC0) != 0x80) return false;
        text.remove_prefix(size);
    }
    return true;
}

}  // namespace riposte::testing
