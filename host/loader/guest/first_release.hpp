#pragma once

#include <riposte/plugin.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <optional>

// What the structs of plugin.h had in ABI 1.0. A later minor number adds members behind; these sizes stay for ever.
namespace riposte::guest {

template <class T>
constexpr std::size_t first_size = 0;
template <>
constexpr std::size_t first_size<riposte_plugin> = offsetof(riposte_plugin, forget_user) +
                                                   sizeof(riposte_plugin::forget_user);
template <>
constexpr std::size_t first_size<riposte_command> = offsetof(riposte_command, options) +
                                                    sizeof(riposte_command::options);
template <>
constexpr std::size_t first_size<riposte_option> = offsetof(riposte_option, otherwise) +
                                                   sizeof(riposte_option::otherwise);

/// A copy of a struct that a plugin declares, read no further than its struct_size says; what it has not is zero. None
/// when it is smaller than the first release had it.
template <class T>
std::optional<T> within_its_size(const T& declared) {
    const std::size_t size = declared.struct_size;
    if (size < first_size<T>) return std::nullopt;
    T copy{};
    std::memcpy(&copy, &declared, std::min(size, sizeof copy));
    return copy;
}

}  // namespace riposte::guest
