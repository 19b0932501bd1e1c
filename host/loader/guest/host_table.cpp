#include "loader/guest/guest.hpp"

#include "base/clock.hpp"
#include "base/version.hpp"

#include <new>

// The C table of plugin.h: each entry finds its guest and forwards.
namespace riposte::guest {
namespace {

std::string_view view(riposte_text text) { return {text.data, text.data == nullptr ? 0 : text.size}; }

/// Nothing thrown may reach the plugin.
template <class Function>
riposte_status guarded(Function function) {
    try {
        return function();
    } catch (...) {
        return RIPOSTE_FAILED;
    }
}

}  // namespace

void Guest::fill_table(const std::string& data_directory) {
    static const std::string name = "riposte " + std::string(version());
    table_.struct_size = sizeof(riposte_host);
    table_.abi_minor = RIPOSTE_ABI_MINOR;
    table_.name = name.c_str();
    table_.data_dir = data_directory.c_str();
    table_.guest = this;

#define RIPOSTE_FORWARD(call) guarded([&] { return static_cast<const HostTable*>(host)->guest->call; })
    using Host = const riposte_host*;
    table_.reply = [](Host host, riposte_call call, riposte_text text, riposte_reply* reply) {
        return RIPOSTE_FORWARD(reply(call, view(text), reply));
    };
    table_.reply_ephemeral = [](Host host, riposte_call call, riposte_text text) {
        return RIPOSTE_FORWARD(reply_ephemeral(call, view(text)));
    };
    table_.edit = [](Host host, riposte_reply reply, riposte_text text) {
        return RIPOSTE_FORWARD(edit(reply, view(text)));
    };
    table_.stream_begin = [](Host host, riposte_call call, riposte_reply* stream) {
        return RIPOSTE_FORWARD(stream_begin(call, stream));
    };
    table_.stream_append = [](Host host, riposte_reply stream, riposte_text text) {
        return RIPOSTE_FORWARD(stream_append(stream, view(text)));
    };
    table_.stream_end = [](Host host, riposte_reply stream) { return RIPOSTE_FORWARD(stream_end(stream)); };
    table_.finish = [](Host host, riposte_call call) { return RIPOSTE_FORWARD(end(call, false, {})); };
    table_.fail = [](Host host, riposte_call call, riposte_text text) {
        return RIPOSTE_FORWARD(end(call, true, view(text)));
    };
    table_.cancelled = [](Host host, riposte_call call) { return RIPOSTE_FORWARD(cancelled(call)); };
    table_.wait = [](Host host, riposte_call call, std::uint32_t milliseconds) {
        return RIPOSTE_FORWARD(wait(call, milliseconds));
    };
    table_.kv_get = [](Host host, riposte_call call, riposte_text key, riposte_receive receive, void* context) {
        return RIPOSTE_FORWARD(kv_get(call, view(key), receive, context));
    };
    table_.kv_set = [](Host host, riposte_call call, riposte_text key, riposte_text value) {
        return RIPOSTE_FORWARD(kv_write(call, {std::string(view(key)), std::string(view(value))}));
    };
    table_.kv_erase = [](Host host, riposte_call call, riposte_text key) {
        return RIPOSTE_FORWARD(kv_write(call, {std::string(view(key)), std::nullopt}));
    };
    table_.kv_list = [](Host host, riposte_call call, riposte_text prefix, riposte_receive receive, void* context) {
        return RIPOSTE_FORWARD(kv_list(call, view(prefix), receive, context));
    };
    table_.timer_set = [](Host host, riposte_call call, std::int64_t due, riposte_text payload, std::int64_t* timer) {
        return RIPOSTE_FORWARD(timer_set(call, due, view(payload), timer));
    };
    table_.timer_cancel = [](Host host, std::int64_t timer) { return RIPOSTE_FORWARD(timer_cancel(timer)); };
    table_.timer_list = [](Host host, riposte_receive_timer receive, void* context) {
        return RIPOSTE_FORWARD(timer_list(receive, context));
    };
    table_.post = [](Host host, riposte_text room, riposte_text text) {
        return RIPOSTE_FORWARD(post(view(room), view(text)));
    };
    table_.hear = [](Host host, std::uint32_t hearing, riposte_text pattern) {
        return RIPOSTE_FORWARD(hear(hearing, view(pattern)));
    };
    table_.suggest = [](Host host, riposte_call call, riposte_text value, riposte_text description) {
        return RIPOSTE_FORWARD(suggest(call, view(value), view(description)));
    };
    table_.setting = [](Host host, riposte_text key, riposte_receive_value receive, void* context) {
        return RIPOSTE_FORWARD(setting(view(key), receive, context));
    };
    table_.log = [](Host host, riposte_call call, std::uint32_t level, riposte_text text) {
        return RIPOSTE_FORWARD(log(call, level, view(text)));
    };
    table_.refuse = [](Host host, riposte_text reason) { return RIPOSTE_FORWARD(refusal(view(reason))); };
    table_.now = [](Host) { return now_ms(); };
#undef RIPOSTE_FORWARD
}

}  // namespace riposte::guest
