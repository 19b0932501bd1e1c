#pragma once

#include "loader/builds.hpp"
#include "loader/plugin_host.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <filesystem>
#include <memory>
#include <thread>

namespace riposte {

/// What it takes to have plugins run without a server: a folder that is gone afterwards, and a thread that is [control].
class Desk {
public:
    /// `patient`: no deadlines, for somebody who steps through the plugin. Throws std::runtime_error when there is no room
    /// for the folder.
    Desk(Isolation isolation, bool patient);
    ~Desk();
    Desk(const Desk&) = delete;

    /// Copies a library, loads the copy in a sandboxed child and says what it declares. PluginRefused with the step in
    /// `argument`.
    Result<Build> examine(HostServices& services, const std::filesystem::path& library);

    /// Runs a coroutine on [control] to its end. Not on [control].
    template <class T>
    T run(Awaitable<T> work) {
        return asio::co_spawn(io_, std::move(work), asio::use_future).get();
    }
    /// No handler is called any more when this returns.
    void stop();

    asio::io_context& control() { return io_; }
    const std::filesystem::path& folder() const { return folder_; }
    LoaderOptions options;

private:
    std::filesystem::path folder_;
    asio::io_context io_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
    std::thread thread_;
};

}  // namespace riposte
