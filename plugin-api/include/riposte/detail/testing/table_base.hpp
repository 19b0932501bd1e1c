#pragma once

#include <riposte/detail/testing/world.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace riposte::testing {

/// What the functions that the plugin calls act on; each finds it behind its first argument.
struct TableBase : riposte_host {
    TableBase(World& world, std::uint32_t permissions) : riposte_host{}, world(world), permissions(permissions) {}

    World& world;
    const std::uint32_t permissions;
    bool stopping = false;  // the instance is about to be stopped; under the world's mutex
};

namespace table {

inline const TableBase& of(const riposte_host* host) { return *static_cast<const TableBase*>(host); }
inline World& world(const riposte_host* host) { return of(host).world; }
inline std::string string(riposte_text text) { return text.size ? std::string(text.data, text.size) : ""; }

inline bool sayable(std::string_view text) {
    const auto control = [](char c) { return (c >= 0 && c < ' ' && c != '\n' && c != '\t') || c == 0x7F; };
    return !text.empty() && valid_utf8(text) && std::none_of(text.begin(), text.end(), control);
}

}  // namespace table
}  // namespace riposte::testing
