#pragma once

#include <riposte/detail/store.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace riposte {

/// A point in time as the host counts it: milliseconds since 1970, UTC.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// A timer that has not fired.
struct Timer {
    std::int64_t id = 0;
    Time due;
    std::int64_t user_id = 0;
    std::int64_t room_id = 0;
    std::string payload;
};

/// What a plugin may ask of the host outside a call. Copy it freely; valid until the plugin's destructor returns. Any
/// thread. A plugin whose constructor takes a Host is given one.
class Host {
public:
    explicit Host(const riposte_host* host) : host_(host) {}

    /// A declared setting as bool, std::int64_t, double, std::string, std::vector<std::string> or a std::chrono duration.
    template <class T>
    std::optional<T> setting(std::string_view key) const;

    /// A folder of the plugin's own, kept across versions.
    std::string_view data_dir() const { return host_->data_dir; }
    Time now() const { return Time(std::chrono::milliseconds(host_->now(host_))); }
    Store store() const { return Store(host_, RIPOSTE_NONE); }

    void debug(std::string_view text) const { log(RIPOSTE_LOG_DEBUG, text); }
    void info(std::string_view text) const { log(RIPOSTE_LOG_INFO, text); }
    void warning(std::string_view text) const { log(RIPOSTE_LOG_WARNING, text); }
    void error(std::string_view text) const { log(RIPOSTE_LOG_ERROR, text); }

    /// A message that answers nothing; needs Permission::Post. False: too fast (1 a second and room), nothing was posted.
    bool post(std::string_view room, std::string_view text) const {
        const riposte_status status = host_->post(host_, detail::to_abi(room), detail::to_abi(text));
        if (status != RIPOSTE_BUSY) detail::check(status, "post");
        return status == RIPOSTE_OK;
    }
    /// Messages that match come to on_message(), in rooms that invited the plugin; "" = all. Needs Permission::Hear.
    void hear(std::uint32_t hearing, std::string_view pattern) const {
        detail::check(host_->hear(host_, hearing, detail::to_abi(pattern)), "hear");
    }

    /// All of this plugin's, by due time.
    std::vector<Timer> timers() const {
        std::vector<Timer> found;
        detail::check(host_->timer_list(host_, append_timer, &found), "list timers");
        return found;
    }
    /// False: it has fired, or was never there.
    bool cancel_timer(std::int64_t id) const { return host_->timer_cancel(host_, id) == RIPOSTE_OK; }

    /// For threads of the plugin that serve no call. False: the instance is stopping; return from the thread.
    bool wait(std::chrono::milliseconds time) const {
        return host_->wait(host_, RIPOSTE_NONE, static_cast<std::uint32_t>(time.count())) == RIPOSTE_OK;
    }

    /// The same without waiting.
    bool stopping() const { return host_->cancelled(host_, RIPOSTE_NONE) != RIPOSTE_OK; }

    const riposte_host* abi() const { return host_; }

private:
    void log(riposte_log_level level, std::string_view text) const {
        host_->log(host_, RIPOSTE_NONE, level, detail::to_abi(text));
    }
    static void append_timer(void* to, const riposte_timer* timer) noexcept {
        static_cast<std::vector<Timer>*>(to)->push_back({timer->id, Time(std::chrono::milliseconds(timer->due)),
                                                         timer->user_id, timer->room_id,
                                                         std::string(detail::view(timer->payload))});
    }

    const riposte_host* host_;
};

namespace detail {

template <class T>
void take(T& to, const riposte_argument& value) {
    if constexpr (std::is_same_v<T, bool>) to = value.boolean != 0;
    else if constexpr (std::integral<T>) to = static_cast<T>(value.integer);
    else if constexpr (std::floating_point<T>) to = static_cast<T>(value.number);
    else if constexpr (std::is_same_v<T, std::string>) to = view(value.text);
    else if constexpr (std::is_same_v<T, std::vector<std::string>>) to.emplace_back(view(value.text));
    else to = std::chrono::duration_cast<T>(std::chrono::milliseconds(value.integer));
}

}  // namespace detail

template <class T>
std::optional<T> Host::setting(std::string_view key) const {
    T value{};
    const auto receive = [](void* to, const riposte_argument* from) noexcept {
        detail::take(*static_cast<T*>(to), *from);
    };
    const riposte_status status = host_->setting(host_, detail::to_abi(key), receive, &value);
    if (status == RIPOSTE_NOT_FOUND) return std::nullopt;
    detail::check(status, "setting");
    return value;
}

}  // namespace riposte
