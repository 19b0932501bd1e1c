#include "auth/passwords.hpp"

#include "auth/argon2id.hpp"

#include <sodium.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <utility>

namespace riposte {
namespace {

constexpr int threads = 2;
constexpr int niceness = 19;
constexpr std::chrono::seconds memory_kept{10};  // after the last hash
constexpr std::uint32_t retry_after_s = 2;

void lower_own_priority() { ::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), niceness); }

}  // namespace

Passwords::Passwords(PasswordOptions options)
    : cost_{.memory_bytes = options.memory_bytes, .passes = static_cast<std::uint32_t>(options.passes)},
      longest_queue_(options.queue) {
    if (::sodium_init() < 0) throw std::runtime_error("libsodium does not start");
    nobodys_hash_ = argon2id(cost_, "nobody").value();
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { serve(); });
}

Passwords::~Passwords() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    ready_.notify_all();
    for (auto& thread : threads_) thread.join();
    for (auto& work : queue_) work(true);
}

Awaitable<Result<std::string>> Passwords::hash(std::string password) {
    return run<std::string>([this, password = std::move(password)] { return argon2id(cost_, password); });
}

Awaitable<Result<bool>> Passwords::verify(std::string hash, std::string password) {
    return run<bool>([this, hash = std::move(hash), password = std::move(password)]() -> Result<bool> {
        const auto& against = hash.empty() ? nobodys_hash_ : hash;
        const auto right = argon2id_fits(against, password);
        if (!right) return right.error();
        return *right && !hash.empty();
    });
}

template <class T>
Awaitable<Result<T>> Passwords::run(std::function<Result<T>()> work) {
    auto result = await_callback<Result<T>>([this, work = std::move(work)](auto done) {
        const bool queued = enqueue([work, done](bool stopping) mutable {
            if (stopping) done(Problem{.code = ErrorCode::ShuttingDown});
            else done(work());
        });
        if (!queued)
            done(Problem{.code = ErrorCode::Overloaded,
                         .detail = "too many sign-ins are waiting",
                         .retry_after_s = retry_after_s});
    });
    co_return co_await std::move(result);
}

bool Passwords::enqueue(Work work) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || queue_.size() >= longest_queue_) return false;
        queue_.push_back(std::move(work));
    }
    ready_.notify_one();
    return true;
}

void Passwords::serve() {
    lower_own_priority();
    std::unique_lock lock(mutex_);
    for (;;) {
        const auto something = [this] { return stopping_ || !queue_.empty(); };
        if (!ready_.wait_for(lock, memory_kept, something)) {
            give_back_argon2id_memory();
            ready_.wait(lock, something);
        }
        if (stopping_) return;
        auto work = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        work(false);
        lock.lock();
    }
}

}  // namespace riposte
