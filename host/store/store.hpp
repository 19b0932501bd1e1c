#pragma once

#include "store/accounts.hpp"
#include "store/files.hpp"
#include "store/invocations.hpp"
#include "store/messages.hpp"
#include "store/oversight.hpp"
#include "store/plugins.hpp"
#include "store/rooms.hpp"
#include "store/tokens.hpp"

#include <filesystem>
#include <memory>

namespace riposte {

struct StoreOptions {
    std::filesystem::path directory;    // riposte.db and riposte.lock live here
    int readers = 2;                    // [reader] threads
    std::int64_t wal_limit = 64 << 20;  // bytes; a checkpoint comes when idle or above this
    std::size_t queue = 8192;           // writes waiting; more are Overloaded
};

/// Every query of the application, as whole transactions. One writer thread owns the only connection that writes or
/// checkpoints and groups what waits into one commit; readers are read-only.
class Store : public AccountStore,
              public TokenStore,
              public RoomStore,
              public MessageStore,
              public FileRecords,
              public InvocationStore,
              public PluginStore,
              public OversightStore {
public:
    /// Commits what is queued, checkpoints, closes. After this every call is ShuttingDown.
    virtual void stop() = 0;
    /// A consistent copy while serving, integrity-checked; bytes written. The file must not exist.
    virtual Awaitable<Result<std::int64_t>> backup(std::filesystem::path file) = 0;
};

/// Opens or creates, migrates (backup first), indexes in the background. Throws std::runtime_error with what to do when
/// the folder is unusable, locked by another host, or of a newer schema. `sink` must outlive the store.
std::unique_ptr<Store> open_sqlite_store(StoreOptions options, CommitSink& sink);

}  // namespace riposte
