#pragma once

#include "net/services.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace riposte {

struct NetThread;

/// Listens on TCP and on the operator's Unix socket and hands each connection to a net thread, in turn. Owns the HTTP
/// connections until they end or become WebSockets.
class Listener {
public:
    /// Binds at once; nothing is accepted yet. `threads` and `services` outlive it. Throws std::runtime_error that says
    /// what to do: the address is in use, plain http beyond loopback is not allowed, …
    Listener(std::vector<NetThread*> threads, Services& services);
    /// After the threads have been joined.
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// Begins to accept. The threads may run already.
    void start();
    /// As bound: what the kernel chose where the options say 0.
    std::uint16_t port() const;
    /// Idle connections close at once, busy ones after their answer. Who comes now is told to come back (503), so that
    /// readyz can say it. Any thread.
    void drain();
    /// Whether every connection has ended, WebSockets too. Any thread.
    bool is_empty() const;
    /// Accepts no more and closes the connections that are left. WebSockets belong to the hubs and stay. Any thread.
    void close();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace riposte
