#pragma once

#include "loader/guest/library.hpp"
#include "loader/guest/link.hpp"
#include "loader/guest/open_call.hpp"
#include "loader/guest/pattern.hpp"
#include "loader/tickets.hpp"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace riposte::guest {

/// What a plugin's instance lives in: takes the host's messages, calls the plugin, and answers what it asks. The same in
/// a worker process and in a thread of the host. run() is the instance's thread; the rest is called by any of the plugin.
class Guest {
public:
    Guest(int socket, std::shared_ptr<Tickets> tickets);

    /// The first message; none if the host went away.
    std::optional<Setup> setup();
    /// Loads the library and serves until the host says stop or goes away.
    void run(const Setup& setup, const std::string& layers);
    void refuse(const std::string& step, const std::string& reason);

    // What the table of plugin.h offers; see there.
    riposte_status reply(riposte_call call, std::string_view text, riposte_reply* reply);
    riposte_status reply_ephemeral(riposte_call call, std::string_view text);
    riposte_status edit(riposte_reply reply, std::string_view text);
    riposte_status stream_begin(riposte_call call, riposte_reply* stream);
    riposte_status stream_append(riposte_reply stream, std::string_view text);
    riposte_status stream_end(riposte_reply stream);
    riposte_status end(riposte_call call, bool failed, std::string_view text);
    riposte_status cancelled(riposte_call call);
    riposte_status wait(riposte_call call, std::uint32_t milliseconds);
    riposte_status kv_get(riposte_call call, std::string_view key, riposte_receive receive, void* context);
    riposte_status kv_write(riposte_call call, KeyValueWrite write);
    riposte_status kv_list(riposte_call call, std::string_view prefix, riposte_receive receive, void* context);
    riposte_status timer_set(riposte_call call, Timestamp due, std::string_view payload, std::int64_t* timer);
    riposte_status timer_cancel(std::int64_t timer);
    riposte_status timer_list(riposte_receive_timer receive, void* context);
    riposte_status post(std::string_view room, std::string_view text);
    riposte_status hear(std::uint32_t hearing, std::string_view pattern);
    riposte_status suggest(riposte_call call, std::string_view value, std::string_view description);
    riposte_status setting(std::string_view key, riposte_receive_value receive, void* context) const;
    riposte_status log(riposte_call call, std::uint32_t level, std::string_view text);
    riposte_status refusal(std::string_view reason);

private:
    struct HostTable : riposte_host {
        Guest* guest = nullptr;
    };
    using Lock = std::unique_lock<std::mutex>;
    using Answer = std::variant<ValueAnswer, KeysAnswer, TimersAnswer>;

    void receive(ToGuest&& message);
    std::optional<ToGuest> next();
    bool may_begin(const StartCall& call) const;
    bool serve(const ToGuest& message);
    bool start(const Start& start);
    void perform(const StartCall& call);
    void answer(const Suggest& question);
    void answer(const Overhear& overheard);
    void forget(const ForgetUser& who);
    void save(const SaveState& request);
    bool restore(const RestoreState& request);
    void stop();
    void fill_table(const std::string& data_directory);

    /// The open call behind a handle, with the mutex held; null when it is over.
    OpenCall* find(riposte_call call);
    /// Sends a question and waits for its answer; none if the host went away.
    template <class Question>
    std::optional<Answer> ask(Question question);
    riposte_status status_of(riposte_call call);

    Link link_;
    std::shared_ptr<Tickets> tickets_;
    // Guarded by link_.mutex().
    std::deque<ToGuest> inbox_;
    std::map<CallNumber, OpenCall> calls_;  // begun or waiting in inbox_
    std::map<RequestNumber, std::optional<Answer>> answers_;
    RequestNumber last_request_ = 0;
    bool winding_down_ = false;
    std::map<std::uint32_t, std::shared_ptr<const Pattern>> hearings_;
    Suggested* suggesting_ = nullptr;  // what suggest() adds to while the plugin is asked
    std::int64_t log_second_ = 0;
    int logged_ = 0;

    // Set before start(), then constant.
    std::string data_directory_;
    PluginDescription description_;
    std::vector<Setting> settings_;
    HostTable table_{};
    // [instance]
    const riposte_plugin* plugin_ = nullptr;
    void* instance_ = nullptr;
    std::string refusal_;
};

/// Handles: the call's number and, in the low six bits, which of its messages; 63 stands for the call itself, and 62 for a
/// question while somebody types, whose numbers are counted apart.
constexpr std::uint64_t call_mark = 63;
constexpr std::uint64_t suggestion_mark = 62;
static_assert(RIPOSTE_MAX_REPLIES <= suggestion_mark);
constexpr riposte_call call_handle(CallNumber number) { return number << 6 | call_mark; }
constexpr riposte_call suggestion_handle(std::uint64_t question) { return question << 6 | suggestion_mark; }
constexpr riposte_reply reply_handle(CallNumber number, std::uint32_t index) { return number << 6 | index; }
constexpr CallNumber number_of(std::uint64_t handle) { return handle >> 6; }
constexpr std::uint32_t index_of(riposte_reply handle) { return static_cast<std::uint32_t>(handle & 63); }
constexpr bool is_call(std::uint64_t handle) { return (handle & 63) == call_mark; }

/// As the plugin sees them; views of `given`.
std::vector<riposte_argument> arguments_of(const std::vector<Argument>& given, const PluginDescription& description,
                                           std::uint32_t command);

inline riposte_text text_of(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace riposte::guest
