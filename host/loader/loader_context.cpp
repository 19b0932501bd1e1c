#include "loader/loader_context.hpp"

#include <boost/asio/steady_timer.hpp>

namespace riposte {

Awaitable<> pause(asio::any_io_executor control, std::chrono::milliseconds time) {
    asio::steady_timer timer(control, time);
    co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace riposte
