#pragma once

#include <riposte/detail/error.hpp>

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riposte {

/// The plugin's key-value store; survives crashes, versions and restarts. From call.store(), writes are stored together
/// with the call's last reply, or not at all if it fails; from host.store(), at once. Keys up to 512 bytes, values up to
/// 64 KiB. Any thread. Throws Error.
class Store {
public:
    Store(const riposte_host* host, riposte_call call) : host_(host), call_(call) {}

    std::optional<std::string> text(std::string_view key) const {
        std::string value;
        const riposte_status status = host_->kv_get(host_, call_, detail::to_abi(key), assign, &value);
        if (status == RIPOSTE_NOT_FOUND) return std::nullopt;
        detail::check(status, "read");
        return value;
    }

    /// None also if the value is not a whole number.
    std::optional<std::int64_t> integer(std::string_view key) const {
        const std::optional<std::string> value = text(key);
        std::int64_t number = 0;
        if (!value) return std::nullopt;
        const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
        if (error != std::errc{} || end != value->data() + value->size()) return std::nullopt;
        return number;
    }

    void set(std::string_view key, std::string_view value) {
        detail::check(host_->kv_set(host_, call_, detail::to_abi(key), detail::to_abi(value)), "write");
    }
    void set(std::string_view key, std::int64_t value) { set(key, std::to_string(value)); }

    void erase(std::string_view key) { detail::check(host_->kv_erase(host_, call_, detail::to_abi(key)), "erase"); }

    /// Every key that begins with `prefix`, in byte order, at most 1,000.
    std::vector<std::string> keys(std::string_view prefix = "") const {
        std::vector<std::string> found;
        const riposte_status status = host_->kv_list(host_, call_, detail::to_abi(prefix), append, &found);
        if (status != RIPOSTE_TOO_MANY) detail::check(status, "list keys");
        return found;
    }

private:
    static void assign(void* to, riposte_text bytes) noexcept { *static_cast<std::string*>(to) = detail::view(bytes); }
    static void append(void* to, riposte_text bytes) noexcept {
        static_cast<std::vector<std::string>*>(to)->emplace_back(detail::view(bytes));
    }

    const riposte_host* host_;
    riposte_call call_;
};

}  // namespace riposte
