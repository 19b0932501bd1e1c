#include "base/async.hpp"

#include "base/log.hpp"

#include <boost/asio/co_spawn.hpp>

#include <string>

namespace riposte {

void spawn(asio::any_io_executor executor, std::string_view name, Awaitable<> coroutine) {
    asio::co_spawn(executor, std::move(coroutine), [name = std::string(name)](std::exception_ptr failure) {
        if (!failure) return;
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& e) {
            log::error("coroutine ended by an exception", {{"coroutine", name}, {"what", e.what()}});
        } catch (...) {
            log::error("coroutine ended by an exception", {{"coroutine", name}});
        }
    });
}

}  // namespace riposte
