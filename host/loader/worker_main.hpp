#pragma once

namespace riposte {

/// `riposte worker`: the process of one plugin instance. Its socket is descriptor 3, the tickets of its calls are in the
/// file of descriptor 4, everything else comes over the socket.
/// Returns only if it was not started by the host; else it leaves the process when the instance ends.
int worker_main(int argc, char** argv);

/// The descriptor on which a worker finds its socket.
inline constexpr int worker_socket = 3;
/// And its Tickets.
inline constexpr int worker_tickets = 4;

}  // namespace riposte
