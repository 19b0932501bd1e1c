#pragma once

#include "store/store.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <sched.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

// What the benches of the store share.
namespace riposte::bench {

using Clock = std::chrono::steady_clock;

class Nobody : public CommitSink {
public:
    void committed(std::vector<Committed>) override {}
};

template <class T>
T must(Awaitable<Result<T>> question) {
    asio::io_context io;
    std::optional<Result<T>> result;
    asio::co_spawn(io, std::move(question),
                   [&](std::exception_ptr, Result<T> value) { result.emplace(std::move(value)); });
    io.run();
    if (!*result)
        throw std::runtime_error("refused: " + std::string(info(result->error().code).name) + result->error().detail);
    if constexpr (!std::is_void_v<T>) return std::move(**result);
}

/// Puts the calling thread, and those it starts from now on, on the core that the variable names; nothing when there is
/// none.
inline void run_on(const char* variable) {
    const char* core = std::getenv(variable);
    if (!core) return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<std::size_t>(std::atoi(core)), &set);
    ::sched_setaffinity(0, sizeof set, &set);
}

inline double microseconds(Clock::duration duration) {
    return std::chrono::duration<double, std::micro>(duration).count();
}

/// Sorts; the value below which 99 of 100 lie.
inline double p99(std::vector<double>& values) {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() * 99 / 100];
}

inline void print(const char* name, double value, const char* unit, const char* want) {
    std::printf(R"({"name": "%s", "value": %.4g, "unit": "%s", "want": "%s"})"
                "\n",
                name, value, unit, want);
}

}  // namespace riposte::bench
