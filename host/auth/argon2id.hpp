#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace riposte {

struct Argon2idCost {
    std::size_t memory_bytes;
    std::uint32_t passes;
};

/// A fresh salt and the password's hash, encoded as is usual: "$argon2id$v=19$m=65536,t=2,p=1$<salt>$<hash>".
/// Overloaded when there is no memory. Takes some 0.1 s and `memory_bytes`, which the calling thread keeps for its next
/// hash: asking the kernel for them each time would stop every other thread that needs memory, for tens of milliseconds.
Result<std::string> argon2id(const Argon2idCost& cost, std::string_view password);

/// Whether `encoded` was made of this password; false for what is no hash. Overloaded when there is no memory.
Result<bool> argon2id_fits(std::string_view encoded, std::string_view password);

/// What the calling thread has kept.
void give_back_argon2id_memory();

}  // namespace riposte
