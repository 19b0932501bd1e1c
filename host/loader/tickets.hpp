#pragma once

#include "base/result.hpp"
#include "loader/worker_messages.hpp"

#include <atomic>
#include <memory>

namespace riposte {

/// Which calls of an instance have begun: a word of memory that host and guest share. Calls begin in the order of their
/// numbers, and whoever takes a call's ticket has it: the guest to run it, or the host to give it to somebody else. So
/// the host hands over calls before their turn, and yet knows at every moment, also of a guest that has died, which of
/// them have never begun. The guest is not trusted: whatever it writes there changes only what becomes of its own calls.
class Tickets {
public:
    /// [control] For a new instance; its other end is file().
    static Result<std::shared_ptr<Tickets>> make();
    /// In a worker: maps and closes the file of a host's tickets. Null if it is none.
    static std::shared_ptr<Tickets> open(int file);
    ~Tickets();
    Tickets(const Tickets&) = delete;
    Tickets& operator=(const Tickets&) = delete;

    int file() const { return file_; }
    /// [control] The worker has its own descriptor.
    void close_file();

    /// [instance] False: the host has taken it back.
    bool take(CallNumber call);
    /// [control] Takes back every call up to `last` that has not begun; returns the last that has.
    CallNumber take_back(CallNumber last);
    /// The last that has been taken, by either side.
    CallNumber taken() const { return word_->load(std::memory_order_acquire); }

private:
    using Word = std::atomic<CallNumber>;
    static_assert(Word::is_always_lock_free);

    Tickets(Word* word, int file) : word_(word), file_(file) {}
    static std::shared_ptr<Tickets> map(int file);

    Word* word_;
    int file_;
};

}  // namespace riposte
