#pragma once

#include <riposte/detail/description.hpp>

#include <concepts>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace riposte::detail {

template <class Plugin>
struct Instance {
    explicit Instance(const riposte_host* host) : host(host), plugin(made(this->host)) {}
    static Plugin made(const Host& host) {
        if constexpr (std::constructible_from<Plugin, Host>) return Plugin(host);
        else return Plugin();
    }

    Host host;
    Plugin plugin;
};

/// The text of the exception that is being handled.
inline std::string reason() noexcept {
    try {
        throw;
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "an exception that is no std::exception";
    }
}

/// The functions that the host calls, for one plugin class: each finds the object, calls its method, and lets nothing
/// that is thrown out.
template <class Plugin>
class Trampolines {
    using Self = Instance<Plugin>;
    static Self& self(void* instance) { return *static_cast<Self*>(instance); }

    static constexpr bool has_state = requires(Plugin plugin, std::uint32_t schema, std::string_view bytes) {
        Plugin::state_schema;
        plugin.save_state(schema);
        plugin.restore_state(schema, bytes);
    };
    static constexpr bool has_suggestions = requires(Plugin plugin, SuggestionRequest request) {
        plugin.suggest(request);
    };
    static constexpr bool forgets = requires(Plugin plugin) { plugin.forget_user(std::int64_t{}, std::string_view{}); };

    static riposte_status start(const riposte_host* host, void** instance) noexcept {
        // What these headers call without asking: the functions of ABI 1.0, of which this was the last.
        if (!RIPOSTE_HAS(riposte_host, host, now)) return RIPOSTE_NOT_SUPPORTED;
        try {
            if (!fault().empty()) throw Error(RIPOSTE_FAILED, fault());
            *instance = std::make_unique<Self>(host).release();
            return RIPOSTE_OK;
        } catch (...) {
            host->refuse(host, to_abi(reason()));
            return RIPOSTE_FAILED;
        }
    }

    static void stop(void* instance) noexcept { delete &self(instance); }

    static riposte_result on_command(void* instance, const riposte_invocation* invocation) noexcept {
        const Invocation call(self(instance).host.abi(), invocation);
        try {
            return dispatch(self(instance).plugin, call);
        } catch (...) {
            const std::string text = reason();
            call.log("failed: " + text, RIPOSTE_LOG_ERROR);
            call.fail(text);
            return RIPOSTE_FAIL;
        }
    }

    static riposte_result dispatch(Plugin& plugin, const Invocation& call) {
        const riposte_invocation& abi = call.abi();
        if (abi.origin == RIPOSTE_FROM_USER) return description().handler(abi.command)(plugin, call);
        if constexpr (requires { plugin.on_timer(call); })
            if (abi.origin == RIPOSTE_FROM_TIMER) return plugin.on_timer(call), RIPOSTE_DONE;
        if constexpr (requires { plugin.on_message(call); })
            if (abi.origin == RIPOSTE_FROM_HEARING) return plugin.on_message(call), RIPOSTE_DONE;
        return RIPOSTE_FAIL;
    }

    static void suggest(void* instance, const riposte_suggestion_request* request) noexcept {
        const riposte_option* option = abi().commands[request->command]->options[request->option];
        try {
            if constexpr (has_suggestions)
                self(instance).plugin.suggest(SuggestionRequest(self(instance).host.abi(), request, option->name));
        } catch (...) {
            self(instance).host.error("suggest: " + reason());
        }
    }

    // A plain std::string is state in state_schema; a plugin that also writes older schemas returns an optional.
    static riposte_status save_state(void* instance, std::uint32_t schema, riposte_receive receive,
                                     void* context) noexcept {
        try {
            if constexpr (has_state) {
                using Saved = decltype(self(instance).plugin.save_state(schema));
                if (std::convertible_to<Saved, std::string> && schema != Plugin::state_schema)
                    return RIPOSTE_NOT_SUPPORTED;
                const std::optional<std::string> bytes = self(instance).plugin.save_state(schema);
                if (!bytes) return RIPOSTE_NOT_SUPPORTED;
                receive(context, to_abi(*bytes));
                return RIPOSTE_OK;
            }
        } catch (...) {
            self(instance).host.error("save state: " + reason());
        }
        return RIPOSTE_FAILED;
    }

    static riposte_status restore_state(void* instance, std::uint32_t schema, riposte_text bytes) noexcept {
        try {
            if constexpr (has_state) self(instance).plugin.restore_state(schema, view(bytes));
            return RIPOSTE_OK;
        } catch (...) {
            const riposte_host* host = self(instance).host.abi();
            host->refuse(host, to_abi(reason()));
            return RIPOSTE_FAILED;
        }
    }

    static riposte_status forget_user(void* instance, std::int64_t id, riposte_text name) noexcept {
        try {
            if constexpr (forgets) self(instance).plugin.forget_user(id, view(name));
            return RIPOSTE_OK;
        } catch (...) {
            self(instance).host.error("forget user: " + reason());
            return RIPOSTE_FAILED;
        }
    }

    static Description<Plugin>& description() {
        static Description<Plugin> description;
        return description;
    }

    /// Why describe() failed. It runs while the library is being loaded, where nothing could be thrown or refused.
    static std::string& fault() {
        static std::string fault;
        return fault;
    }

    static riposte_plugin made(const char* id, const char* version) {
        try {
            Plugin::describe(description());
        } catch (...) {
            fault() = "describe: " + reason();
        }
        riposte_plugin plugin = description().finished();
        plugin.struct_size = sizeof plugin;
        plugin.id = id;
        plugin.version = version;
        if constexpr (has_state) plugin.state_schema = Plugin::state_schema;
        if constexpr (requires { Plugin::data_schema; }) plugin.data_schema = Plugin::data_schema;
        plugin.start = start;
        plugin.stop = stop;
        plugin.on_command = on_command;
        if constexpr (has_suggestions) plugin.suggest = suggest;
        if constexpr (has_state) plugin.save_state = save_state, plugin.restore_state = restore_state;
        if constexpr (forgets) plugin.forget_user = forget_user;
        return plugin;
    }

public:
    static const riposte_plugin& abi(const char* id = nullptr, const char* version = nullptr) {
        static const riposte_plugin plugin = made(id, version);
        return plugin;
    }
};

}  // namespace riposte::detail
