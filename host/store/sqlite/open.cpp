#include "store/sqlite/rows.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/sqlite_store.hpp"

#include <sys/stat.h>

#include <stdexcept>

namespace riposte {
namespace {

using namespace sqlite;

void make_directory(const std::filesystem::path& directory) {
    std::error_code failure;
    std::filesystem::create_directories(directory, failure);
    if (failure)
        throw std::runtime_error("cannot create the data directory " + directory.string() + ": " + failure.message());
}

Database connect(const std::filesystem::path& file, Mode mode) {
    Database db(file, mode);
    create_row_views(db);
    return db;
}

std::vector<Database> connect_readers(const std::filesystem::path& file, int count) {
    std::vector<Database> readers;
    for (int i = 0; i < count; ++i) readers.push_back(connect(file, Mode::ReadOnly));
    return readers;
}

}  // namespace

std::unique_ptr<Store> open_sqlite_store(StoreOptions options, CommitSink& sink) {
    make_directory(options.directory);
    auto lock = std::make_unique<LockFile>(options.directory / "riposte.lock");
    const auto file = options.directory / "riposte.db";
    try {
        auto writer = connect(file, Mode::ReadWrite);
        migrate(writer, file);
        ::chmod(file.c_str(), S_IRUSR | S_IWUSR);  // password hashes are in it
        auto readers = connect_readers(file, options.readers);
        auto slow_readers = connect_readers(file, 1);
        return std::make_unique<SqliteStore>(SqliteStore::Parts{.options = std::move(options),
                                                                .file = file,
                                                                .lock = std::move(lock),
                                                                .writer = std::move(writer),
                                                                .readers = std::move(readers),
                                                                .slow_readers = std::move(slow_readers)},
                                             sink);
    } catch (const Failure& failure) {
        throw std::runtime_error("cannot open " + file.string() + ": " + failure.what());
    }
}

}  // namespace riposte
