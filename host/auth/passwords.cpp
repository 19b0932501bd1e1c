#include "auth/passwords.hpp"

#include <sodium.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace riposte {
namespace {

constexpr int threads = 2;
constexpr int niceness = 10;  // p99 of a chat beside Argon2id on one core: 532 -> 25 µs (docs/architecture.md)
constexpr std::uint32_t retry_after_s = 2;

Result<std::string> argon2id(const PasswordOptions& options, const std::string& password) {
    std::array<char, crypto_pwhash_STRBYTES> encoded{};
    if (::crypto_pwhash_str_alg(encoded.data(), password.data(), password.size(), options.passes, options.memory_bytes,
                                crypto_pwhash_ALG_ARGON2ID13) != 0)
        return Problem{
            .code = ErrorCode::Overloaded, .detail = "no memory for Argon2id", .retry_after_s = retry_after_s};
    return std::string(encoded.data());
}

void lower_own_priority() { ::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), niceness); }

}  // namespace

Passwords::Passwords(PasswordOptions options) : options_(options) {
    if (::sodium_init() < 0) throw std::runtime_error("libsodium does not start");
    nobodys_hash_ = argon2id(options_, "nobody").value();
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
    return run<std::string>([this, password = std::move(password)] { return argon2id(options_, password); });
}

Awaitable<Result<bool>> Passwords::verify(std::string hash, std::string password) {
    return run<bool>([this, hash = std::move(hash), password = std::move(password)]() -> Result<bool> {
        const auto& against = hash.empty() ? nobodys_hash_ : hash;
        const bool right = ::crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
        return right && !hash.empty();
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
        if (stopping_ || queue_.size() >= options_.queue) return false;
        queue_.push_back(std::move(work));
    }
    ready_.notify_one();
    return true;
}

void Passwords::serve() {
    lower_own_priority();
    std::unique_lock lock(mutex_);
    for (;;) {
        ready_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (stopping_) return;
        auto work = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        work(false);
        lock.lock();
    }
}

}  // namespace riposte
