#pragma once

// A plugin of Riposte in C++20: a class, and one line that exports it.
//
//     class Dice {
//     public:
//         static void describe(riposte::Description<Dice>& plugin) {
//             plugin.command("/dice", &Dice::roll, {"Roll a die", "掷骰子"})
//                 .alias("/骰子")
//                 .integer("sides", {.minimum = 2, .maximum = 1000, .otherwise = 6});
//         }
//         void roll(riposte::Invocation call) { call.reply("🎲 " + std::to_string(side(random_, call.integer("sides")))); }
//     };
//     RIPOSTE_PLUGIN(Dice, "dice", "1.0.0")
//
// All the class may have, each found by its being there:
//
//     static void describe(riposte::Description<Plugin>&)      commands, settings, permissions; the only one required
//     Plugin() or Plugin(riposte::Host)                        throwing refuses the build, and says why
//     ~Plugin()                                                joins the plugin's threads
//     void on_timer(riposte::Invocation)                       call.after(10min, payload) has come due
//     void on_message(riposte::Invocation)                     host.hear(…) has matched
//     void suggest(riposte::SuggestionRequest)                 values for an option with .suggests = true
//     void forget_user(std::int64_t id, std::string_view name)
//     static constexpr std::uint32_t state_schema, data_schema
//     std::string save_state(std::uint32_t schema) const       or std::optional<std::string>, to write older schemas too
//     void restore_state(std::uint32_t schema, std::string_view bytes)
//
// The methods run on one thread and never overlap. An exception that leaves one fails the call with its text.

#include <riposte/detail/trampolines.hpp>

/// Exports a plugin class; once in a library, outside any namespace.
#define RIPOSTE_PLUGIN(Class, id, version)                                                       \
    extern "C" const riposte_entry riposte_plugin_entry = {RIPOSTE_ABI_MAJOR, RIPOSTE_ABI_MINOR, \
                                                           &::riposte::detail::Trampolines<Class>::abi(id, version)};
