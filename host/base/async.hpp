#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/associated_executor.hpp>

#include <concepts>
#include <exception>
#include <memory>
#include <string_view>
#include <tuple>
#include <utility>

namespace riposte {

namespace asio = boost::asio;

template <class T = void>
using Awaitable = asio::awaitable<T>;

/// Runs a coroutine on `executor`; what escapes it is logged with `name` and ends only that coroutine.
void spawn(asio::any_io_executor executor, std::string_view name, Awaitable<> coroutine);

/// Suspends the calling coroutine, gives `start` a callback `void(T)` and resumes on the caller's executor when the
/// callback is called, from any thread, exactly once. The bridge from threads with queues to coroutines.
/// Keep `co_await` on its own line (gcc 12): `auto wait = await_callback<T>(start); T value = co_await std::move(wait);`
template <class T, class Start>
Awaitable<T> await_callback(Start start) {
    auto initiation = [](auto handler, Start start) {
        using Handler = decltype(handler);
        auto executor = asio::get_associated_executor(handler);
        auto shared = std::make_shared<std::pair<Handler, asio::executor_work_guard<decltype(executor)>>>(
            std::move(handler), asio::executor_work_guard<decltype(executor)>(executor));
        start([shared](T value) mutable {
            auto executor = shared->second.get_executor();
            asio::post(executor, [shared, value = std::make_shared<T>(std::move(value))]() mutable {
                auto handler = std::move(shared->first);
                shared->second.reset();  // whoever still holds the callback must not keep the executor running
                shared.reset();
                std::move(handler)(std::move(*value));
            });
        });
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(T)>(initiation, asio::use_awaitable,
                                                                                    std::move(start));
}

}  // namespace riposte
