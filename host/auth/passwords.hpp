#pragma once

#include "auth/argon2id.hpp"
#include "base/async.hpp"
#include "base/result.hpp"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace riposte {

struct PasswordOptions {
    std::size_t memory_bytes = 64 << 20;  // Argon2id m; OWASP asks for at least 19 MiB at t=2
    std::uint64_t passes = 2;             // Argon2id t
    std::size_t queue = 64;               // waiting; more are Overloaded
};

/// Argon2id on [hash]: two threads at nice 19, so that a storm of sign-ins delays nobody's chat.
class Passwords {
public:
    explicit Passwords(PasswordOptions options);
    /// Waiting work is dropped; its callers get ShuttingDown.
    ~Passwords();
    Passwords(const Passwords&) = delete;
    Passwords& operator=(const Passwords&) = delete;

    /// The encoded hash, with its parameters and salt. Overloaded with retry_after_s.
    Awaitable<Result<std::string>> hash(std::string password);
    /// Whether the password made this hash. An empty hash takes as long as any other and is never right: a name that
    /// does not exist answers as late as a wrong password.
    Awaitable<Result<bool>> verify(std::string hash, std::string password);

private:
    using Work = std::function<void(bool stopping)>;

    bool enqueue(Work work);
    void serve();
    template <class T>
    Awaitable<Result<T>> run(std::function<Result<T>()> work);

    const Argon2idCost cost_;
    const std::size_t longest_queue_;
    std::string nobodys_hash_;
    std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<Work> queue_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace riposte
