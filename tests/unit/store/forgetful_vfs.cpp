#include "unit/store/forgetful_vfs.hpp"

#include <sqlite3.h>

#include <cstring>
#include <fstream>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace riposte {
namespace {

constexpr std::size_t sector = 512;

struct Pending {
    sqlite3_int64 offset;
    std::string bytes;
    bool truncates;
};

struct Image {
    std::string synced;
    std::vector<Pending> pending;
};

void apply(std::string& content, const Pending& change, std::mt19937* random) {
    const auto offset = static_cast<std::size_t>(change.offset);
    if (change.truncates) {
        if (!random || (*random)() % 2) content.resize(offset);
        return;
    }
    for (std::size_t i = 0; i < change.bytes.size(); i += sector) {
        if (random && (*random)() % 2) continue;
        const auto size = std::min(sector, change.bytes.size() - i);
        if (content.size() < offset + i + size) content.resize(offset + i + size, '\0');
        change.bytes.copy(content.data() + offset + i, size, i);
    }
}

}  // namespace

struct ForgetfulVfs::Disk {
    std::mutex mutex;
    std::filesystem::path watched;
    std::map<std::string, Image> images;  // by file name
    sqlite3_vfs* real = nullptr;
    sqlite3_vfs shim{};
};

namespace {

/// What SQLite takes for its file: our methods, and the real file behind it.
struct File {
    sqlite3_file base;
    ForgetfulVfs::Disk* disk;
    Image* image;  // none for what a power loss destroys anyway
    sqlite3_file* real;
};

File& ours(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) { return ours(file).real; }

void remember(sqlite3_file* file, Pending change) {
    auto& mine = ours(file);
    if (!mine.image) return;
    const std::lock_guard lock(mine.disk->mutex);
    mine.image->pending.push_back(std::move(change));
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    remember(file, {offset, std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size)), false});
    return real(file)->pMethods->xWrite(real(file), bytes, size, offset);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    remember(file, {size, {}, true});
    return real(file)->pMethods->xTruncate(real(file), size);
}

int sync(sqlite3_file* file, int flags) {
    auto& mine = ours(file);
    if (mine.image) {
        const std::lock_guard lock(mine.disk->mutex);
        for (const auto& change : mine.image->pending) apply(mine.image->synced, change, nullptr);
        mine.image->pending.clear();
    }
    return real(file)->pMethods->xSync(real(file), flags);
}

int close(sqlite3_file* file) {
    const int code = real(file)->pMethods->xClose(real(file));
    sqlite3_free(real(file));
    return code;
}

int read(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
    return real(file)->pMethods->xRead(real(file), to, size, offset);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) { return real(file)->pMethods->xFileSize(real(file), size); }
int lock(sqlite3_file* file, int level) { return real(file)->pMethods->xLock(real(file), level); }
int unlock(sqlite3_file* file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
int check_lock(sqlite3_file* file, int* held) { return real(file)->pMethods->xCheckReservedLock(real(file), held); }
int control(sqlite3_file* file, int what, void* with) {
    return real(file)->pMethods->xFileControl(real(file), what, with);
}
int sector_size(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
int characteristics(sqlite3_file*) { return 0; }  // promises nothing about how a write tears
int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** at) {
    return real(file)->pMethods->xShmMap(real(file), region, size, extend, at);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
int shm_unmap(sqlite3_file* file, int remove) { return real(file)->pMethods->xShmUnmap(real(file), remove); }

constexpr sqlite3_io_methods methods{
    .iVersion = 2,
    .xClose = close,
    .xRead = read,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = file_size,
    .xLock = lock,
    .xUnlock = unlock,
    .xCheckReservedLock = check_lock,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    auto& disk = *static_cast<ForgetfulVfs::Disk*>(vfs->pAppData);
    auto& mine = ours(file);
    mine.base.pMethods = nullptr;
    mine.disk = &disk;
    mine.real = static_cast<sqlite3_file*>(sqlite3_malloc(disk.real->szOsFile));
    std::memset(mine.real, 0, static_cast<std::size_t>(disk.real->szOsFile));
    const int code = disk.real->xOpen(disk.real, name, mine.real, flags, out_flags);
    if (code != SQLITE_OK) {
        sqlite3_free(mine.real);
        return code;
    }
    mine.image = nullptr;
    if (name && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL))) {
        const std::filesystem::path path(name);
        const std::lock_guard lock(disk.mutex);
        if (path.parent_path() == disk.watched) mine.image = &disk.images[path.filename().string()];
    }
    mine.base.pMethods = &methods;
    return SQLITE_OK;
}

}  // namespace

ForgetfulVfs::ForgetfulVfs(const std::filesystem::path& watched) : disk_(std::make_unique<Disk>()) {
    disk_->watched = watched;
    disk_->real = sqlite3_vfs_find(nullptr);
    disk_->shim = *disk_->real;
    disk_->shim.zName = "forgetful";
    disk_->shim.szOsFile = sizeof(File);
    disk_->shim.pAppData = disk_.get();
    disk_->shim.xOpen = open;
    sqlite3_vfs_register(&disk_->shim, 1);
}

ForgetfulVfs::~ForgetfulVfs() {
    sqlite3_vfs_unregister(&disk_->shim);
    sqlite3_vfs_register(disk_->real, 1);
}

void ForgetfulVfs::lose_power(const std::filesystem::path& into, std::mt19937* random) {
    const std::lock_guard lock(disk_->mutex);
    for (const auto& [name, image] : disk_->images) {
        auto content = image.synced;
        if (random)
            for (const auto& change : image.pending) apply(content, change, random);
        std::ofstream(into / name, std::ios::binary) << content;
    }
}

}  // namespace riposte
