#pragma once

#include "commands/catalogue.hpp"
#include "net/hub.hpp"
#include "net/write_sweep.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdint>

namespace riposte {

/// One io_context, its thread's sessions and its snapshot of the catalogue. Everything here is touched by that thread only.
struct NetThread {
    explicit NetThread(std::uint32_t index) : index(index), io(1), hub(index), sweep(io) {}

    const std::uint32_t index;
    asio::io_context io;
    Hub hub;
    WriteSweep sweep;
    CatalogueSnapshot catalogue;  // never null once serving
    std::uint64_t next_session = 1;
};

}  // namespace riposte
