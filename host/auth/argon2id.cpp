#include "auth/argon2id.hpp"

#include <argon2.h>
#include <sodium.h>
#include <sys/mman.h>

#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace riposte {
namespace {

constexpr std::size_t kibibyte = 1024;
constexpr auto base64 = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
constexpr std::string_view head = "$argon2id$v=19$m=";

using Salt = std::array<std::uint8_t, 16>;
using Hash = std::array<std::uint8_t, 32>;

struct Encoded {
    Argon2idCost cost{};
    Salt salt{};
    Hash hash{};
};

/// A thread's memory for its hashes; grows to the largest.
class Memory {
public:
    Memory() = default;
    ~Memory() { release(); }
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;

    std::uint8_t* at_least(std::size_t bytes) {
        if (bytes <= bytes_) return data_;
        release();
        void* mapped = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (mapped == MAP_FAILED) return nullptr;
        data_ = static_cast<std::uint8_t*>(mapped);
        bytes_ = bytes;
        return data_;
    }

    void release() {
        if (data_ != nullptr) ::munmap(data_, bytes_);
        data_ = nullptr;
        bytes_ = 0;
    }

private:
    std::uint8_t* data_ = nullptr;
    std::size_t bytes_ = 0;
};

thread_local Memory memory;

int lend(std::uint8_t** place, std::size_t bytes) {
    *place = memory.at_least(bytes);
    return *place == nullptr ? ARGON2_MEMORY_ALLOCATION_ERROR : ARGON2_OK;
}

void keep(std::uint8_t*, std::size_t) {}  // Argon2 has wiped it

template <class Bytes>
std::uint8_t* writable(const Bytes& bytes) {  // Argon2 only reads, as long as no flag asks it to wipe what it was given
    return const_cast<std::uint8_t*>(reinterpret_cast<const std::uint8_t*>(bytes.data()));
}

Result<Hash> derive(const Argon2idCost& cost, const Salt& salt, std::string_view password) {
    Hash hash{};
    argon2_context context{};
    context.out = hash.data();
    context.outlen = static_cast<std::uint32_t>(hash.size());
    context.pwd = writable(password);
    context.pwdlen = static_cast<std::uint32_t>(password.size());
    context.salt = writable(salt);
    context.saltlen = static_cast<std::uint32_t>(salt.size());
    context.t_cost = cost.passes;
    context.m_cost = static_cast<std::uint32_t>(cost.memory_bytes / kibibyte);
    context.lanes = 1;
    context.threads = 1;
    context.version = ARGON2_VERSION_13;
    context.allocate_cbk = lend;
    context.free_cbk = keep;
    context.flags = ARGON2_DEFAULT_FLAGS;
    if (::argon2id_ctx(&context) != ARGON2_OK)
        return Problem{.code = ErrorCode::Overloaded, .detail = "no memory for Argon2id", .retry_after_s = 2};
    return hash;
}

template <class Bytes>
std::string to_base64(const Bytes& bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), base64), '\0');
    ::sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), base64);
    text.pop_back();  // its NUL
    return text;
}

template <class Bytes>
bool from_base64(std::string_view text, Bytes& bytes) {
    std::size_t size = 0;
    return ::sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, nullptr, base64) ==
               0 &&
           size == bytes.size();
}

/// Takes a number and the text that must follow it off the front.
template <class Number>
bool take(std::string_view& text, Number& number, std::string_view then) {
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{}) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.starts_with(then)) return false;
    text.remove_prefix(then.size());
    return true;
}

std::optional<Encoded> decode(std::string_view text) {
    Encoded encoded;
    std::size_t kibibytes = 0;
    if (!text.starts_with(head)) return std::nullopt;
    text.remove_prefix(head.size());
    if (!take(text, kibibytes, ",t=") || !take(text, encoded.cost.passes, ",p=1$")) return std::nullopt;
    encoded.cost.memory_bytes = kibibytes * kibibyte;
    const auto middle = text.find('$');
    if (middle == std::string_view::npos) return std::nullopt;
    if (!from_base64(text.substr(0, middle), encoded.salt)) return std::nullopt;
    if (!from_base64(text.substr(middle + 1), encoded.hash)) return std::nullopt;
    return encoded;
}

}  // namespace

Result<std::string> argon2id(const Argon2idCost& cost, std::string_view password) {
    Salt salt{};
    ::randombytes_buf(salt.data(), salt.size());
    const auto hash = derive(cost, salt, password);
    if (!hash) return hash.error();
    return std::string(head) + std::to_string(cost.memory_bytes / kibibyte) + ",t=" + std::to_string(cost.passes) +
           ",p=1$" + to_base64(salt) + '$' + to_base64(*hash);
}

Result<bool> argon2id_fits(std::string_view encoded, std::string_view password) {
    const auto wanted = decode(encoded);
    if (!wanted) return false;
    const auto hash = derive(wanted->cost, wanted->salt, password);
    if (!hash) return hash.error();
    return ::sodium_memcmp(hash->data(), wanted->hash.data(), wanted->hash.size()) == 0;
}

void give_back_argon2id_memory() { memory.release(); }

}  // namespace riposte
