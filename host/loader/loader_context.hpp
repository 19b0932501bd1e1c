#pragma once

#include "base/async.hpp"
#include "loader/deadlines.hpp"
#include "loader/host_services.hpp"
#include "loader/plugin_host.hpp"

namespace riposte {

/// What every part of the loader works with; outlives them all. [control]
struct LoaderContext {
    LoaderOptions options;
    HostServices& services;
    asio::any_io_executor control;
    Deadlines deadlines{control};
};

/// Sleeps on [control].
Awaitable<> pause(asio::any_io_executor control, std::chrono::milliseconds time);

}  // namespace riposte
