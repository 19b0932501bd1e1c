#include "loader/tickets.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

namespace riposte {
namespace {

constexpr std::size_t page = 4096;
constexpr int above_standard_files = 10;  // so that no descriptor is in the way of those a worker inherits

Problem cannot_share(int failure) {
    return {.code = ErrorCode::Internal, .detail = std::string("memfd: ") + std::strerror(failure)};
}

}  // namespace

Result<std::shared_ptr<Tickets>> Tickets::make() {
    const int low = ::memfd_create("riposte-tickets", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (low < 0) return cannot_share(errno);
    const int file = ::fcntl(low, F_DUPFD_CLOEXEC, above_standard_files);
    ::close(low);
    if (file < 0) return cannot_share(errno);
    // Sealed: a worker that cut the file short would end the host by SIGBUS.
    const bool sealed =
        ::ftruncate(file, page) == 0 && ::fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0;
    auto tickets = sealed ? map(file) : nullptr;
    if (tickets) return tickets;
    const auto problem = cannot_share(errno);
    ::close(file);
    return problem;
}

std::shared_ptr<Tickets> Tickets::open(int file) {
    struct stat status {};
    if (::fstat(file, &status) != 0 || status.st_size < static_cast<off_t>(page)) return nullptr;
    auto tickets = map(file);
    if (tickets) tickets->close_file();
    return tickets;
}

std::shared_ptr<Tickets> Tickets::map(int file) {
    void* memory = ::mmap(nullptr, page, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED) return nullptr;
    return std::shared_ptr<Tickets>(new Tickets(static_cast<Word*>(memory), file));
}

Tickets::~Tickets() {
    ::munmap(word_, page);
    close_file();
}

void Tickets::close_file() {
    if (file_ >= 0) ::close(file_);
    file_ = -1;
}

bool Tickets::take(CallNumber call) {
    auto previous = call - 1;
    return word_->compare_exchange_strong(previous, call);
}

CallNumber Tickets::take_back(CallNumber last) {
    auto taken = word_->load();
    while (taken < last && !word_->compare_exchange_weak(taken, last)) {}
    return std::min(taken, last);
}

}  // namespace riposte
