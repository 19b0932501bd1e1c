#pragma once

#include <riposte/detail/host.hpp>

#include <chrono>
#include <cstdint>
#include <string_view>
#include <utility>

namespace riposte {

/// A message that this call has written. Valid as long as the call.
class Reply {
public:
    Reply(const riposte_host* host, riposte_reply handle) : host_(host), handle_(handle) {}
    void edit(std::string_view text) {
        if (handle_ == RIPOSTE_NONE) return;
        detail::check_output(host_->edit(host_, handle_, detail::to_abi(text)), "edit");
    }

private:
    const riposte_host* host_;
    riposte_reply handle_;
};

/// A message that grows while people watch. Ends with end() or with this object.
class Stream {
public:
    Stream(const riposte_host* host, riposte_reply handle) : host_(host), handle_(handle) {}
    Stream(Stream&& other) noexcept : host_(other.host_), handle_(std::exchange(other.handle_, RIPOSTE_NONE)) {}
    Stream& operator=(Stream&&) = delete;
    ~Stream() { end(); }

    /// Whole characters.
    void append(std::string_view text) {
        if (handle_ == RIPOSTE_NONE) return;
        detail::check_output(host_->stream_append(host_, handle_, detail::to_abi(text)), "append");
    }
    void end() {
        if (handle_ != RIPOSTE_NONE) host_->stream_end(host_, std::exchange(handle_, RIPOSTE_NONE));
    }

private:
    const riposte_host* host_;
    riposte_reply handle_;
};

/// A call in progress: how to answer it. Copy it into a thread that goes on after the command has returned Pending. Any
/// thread; once the call has ended, answers do nothing.
class Call {
public:
    Call(const riposte_host* host, riposte_call call) : host_(host), call_(call) {}

    /// A message for everyone who sees the command, Markdown, at most 16 KiB.
    Reply reply(std::string_view text) const {
        riposte_reply handle = RIPOSTE_NONE;
        detail::check_output(host_->reply(host_, call_, detail::to_abi(text), &handle), "reply");
        return Reply(host_, handle);
    }
    /// A message that only the author of the call sees.
    void ephemeral(std::string_view text) const {
        detail::check_output(host_->reply_ephemeral(host_, call_, detail::to_abi(text)), "ephemeral reply");
    }
    Stream stream() const {
        riposte_reply handle = RIPOSTE_NONE;
        detail::check_output(host_->stream_begin(host_, call_, &handle), "stream");
        return Stream(host_, handle);
    }

    /// Ends the call as failed, with a text for its author. Throwing from the command does the same.
    void fail(std::string_view text) const { host_->fail(host_, call_, detail::to_abi(text)); }
    /// Ends a pending call.
    void finish() const { host_->finish(host_, call_); }

    /// Sleeps; false as soon as the call should end. `while (… && call.wait(80ms))`
    bool wait(std::chrono::milliseconds time) const {
        return host_->wait(host_, call_, static_cast<std::uint32_t>(time.count())) == RIPOSTE_OK;
    }
    bool cancelled() const { return host_->cancelled(host_, call_) != RIPOSTE_OK; }

    /// The key-value store; what is written is stored together with the end of this call.
    Store store() const { return Store(host_, call_); }
    Host host() const { return Host(host_); }

    /// on_timer() is called with this call's user and room when the time has come. Survives restarts. Its id.
    std::int64_t at(Time due, std::string_view payload) const {
        std::int64_t id = 0;
        const std::int64_t milliseconds = due.time_since_epoch().count();
        detail::check(host_->timer_set(host_, call_, milliseconds, detail::to_abi(payload), &id), "set timer");
        return id;
    }
    std::int64_t after(std::chrono::milliseconds time, std::string_view payload) const {
        return at(host().now() + time, payload);
    }

    void log(std::string_view text, riposte_log_level level = RIPOSTE_LOG_INFO) const {
        host_->log(host_, call_, level, detail::to_abi(text));
    }

private:
    const riposte_host* host_;
    riposte_call call_;
};

/// A command that returns this goes on, in another thread, until call.finish() or call.fail().
struct Pending {};

}  // namespace riposte
