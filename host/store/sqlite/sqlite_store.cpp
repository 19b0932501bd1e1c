#include "store/sqlite/sqlite_store.hpp"

#include "store/sqlite/backup.hpp"

namespace riposte::sqlite {
namespace {

/// Reads waiting; more are Overloaded.
constexpr std::size_t read_queue = 4096;
constexpr std::size_t slow_read_queue = 16;

}  // namespace

SqliteStore::SqliteStore(Parts parts, CommitSink& sink)
    : file_(std::move(parts.file)),
      lock_(std::move(parts.lock)),
      writer_(std::move(parts.writer), parts.options, sink, indexer_),
      readers_(std::move(parts.readers), read_queue),
      slow_readers_(std::move(parts.slow_readers), slow_read_queue) {}

SqliteStore::~SqliteStore() { stop(); }

void SqliteStore::stop() {
    // The last checkpoint wants no reader in its way.
    readers_.stop();
    slow_readers_.stop();
    writer_.stop();
}

Awaitable<Result<std::int64_t>> SqliteStore::backup(std::filesystem::path file) {
    // On a connection of its own: a copy cannot be made within the transaction that a read is given.
    return read_from<std::int64_t>(slow_readers_,
                                   [this, file = std::move(file)](Database&) { return sqlite::backup(file_, file); });
}

}  // namespace riposte::sqlite
