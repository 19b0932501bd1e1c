#pragma once

// Runs a plugin in a test without a server, under any test framework.
//
//     riposte::testing::Host host(RIPOSTE_PLUGIN_FILE);
//     EXPECT_EQ(host.says("alice", "/echo hello").text(), "hello");
//
// The host is real but in memory: key-value store, timers, settings, streams, state hand-over, the limits of plugin.h.
// Time is the test's: call.wait() moves the clock at once, and timers fire in advance(). What it does not have: a
// sandbox, a real deadline (a plugin that never returns hangs the test), several calls at once, permissions that were not
// granted, rooms that the plugin is not in.

#include <riposte/detail/testing/library.hpp>
#include <riposte/detail/testing/table.hpp>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace riposte::testing {

/// Settings as one would type them: {{"city", "Beijing"}}; a list has its key several times.
using Settings = std::multimap<std::string, std::string>;

/// One instance of a plugin in a host of its own. Throws Refused if it does not start.
class Host {
public:
    /// The path of a library, or the entry of a plugin that is linked into the test.
    explicit Host(Library plugin, const Settings& settings = {}) : library_(std::move(plugin)), given_(settings) {
        std::string folder = std::filesystem::temp_directory_path() / "riposte-plugin-XXXXXX";
        if (!mkdtemp(folder.data())) throw Refused("no folder for data_dir: " + folder);
        data_dir_ = folder;
        start();
    }
    explicit Host(const std::string& path, const Settings& settings = {}) : Host(Library(path), settings) {}
    explicit Host(const riposte_entry& entry, const Settings& settings = {}) : Host(Library(entry), settings) {}
    ~Host() {
        stop();
        std::filesystem::remove_all(data_dir_);
    }
    Host(const Host&) = delete;

    /// A line of chat. A command that this plugin declares is parsed and run until it has ended; other text goes to
    /// on_message() if the plugin listens for it.
    Result says(const std::string& user, std::string_view line, const std::string& room = "lobby");
    /// Cancel is pressed when the next call has waited this long.
    void cancel_next_after(std::chrono::milliseconds time) { cancel_after_ = time; }

    /// Moves the clock; what came of the timers that fired meanwhile, in order.
    std::vector<Result> advance(std::chrono::milliseconds time) { return fire_until(world_.now + time.count(), 0); }
    /// Stops the plugin, and starts it again after `downtime`; what came of timers that are overdue.
    std::vector<Result> restart(std::chrono::milliseconds downtime = {});
    /// Another build takes over, with the state if both have any. Throws Refused; then the old one serves on.
    void swap(Library next);

    /// Values for an option while `typed` stands there, behind `line`: the prefix and the arguments before.
    std::vector<std::string> suggestions(const std::string& user, std::string_view line, std::string_view option,
                                         const std::string& typed);
    /// The person is deleted, as the plugin is told.
    void forget(const std::string& user);

    /// For changing a person's role or language; somebody new is a member who reads English.
    Person& person(const std::string& name) { return world_.person(name); }
    const std::map<std::string, std::string>& store() const { return world_.store; }
    const std::vector<Post>& posts() const { return world_.posts; }
    const std::vector<std::string>& log() const { return world_.log; }
    std::size_t timers() const { return world_.timers.size(); }

private:
    struct Match {
        std::uint32_t command;
        std::string_view prefix, rest;
    };
    struct Asked {  // what an invocation is made of
        std::string user, room;
        riposte_origin origin = RIPOSTE_FROM_USER;
        std::uint32_t command = RIPOSTE_NO_COMMAND;
        std::string_view line{}, rest{};
        const std::vector<riposte_argument>* arguments = nullptr;
        std::int64_t timer = 0, due = 0;
        std::string_view payload{};
        std::uint32_t flags = 0, hearing = 0;
    };

    void start();
    void stop();
    void read_settings();
    std::optional<Match> match(std::string_view line) const;
    std::optional<std::uint32_t> heard(std::string_view line) const;
    riposte_call begin(const Asked& asked, std::int64_t first_output_ms);
    Result run(const Asked& asked);
    std::vector<Result> fire_until(std::int64_t time, std::uint32_t flags);
    std::optional<std::pair<std::uint32_t, std::string>> saved(std::uint32_t wanted);
    const riposte_plugin& plugin() const { return library_.plugin(); }
    static riposte_text abi(std::string_view text) { return {text.data(), text.size()}; }

    World world_;
    Library library_;
    Settings given_;
    std::string data_dir_;
    std::unique_ptr<Table> table_;
    void* instance_ = nullptr;
    std::optional<std::chrono::milliseconds> cancel_after_;
};

}  // namespace riposte::testing

#include <riposte/detail/testing/host.hpp>
