#include "auth/token.hpp"

#include <sodium.h>

#include <array>

namespace riposte {

std::string make_token() {
    std::array<unsigned char, 32> bits;
    ::randombytes_buf(bits.data(), bits.size());
    constexpr auto variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string token(sodium_base64_encoded_len(bits.size(), variant), '\0');
    ::sodium_bin2base64(token.data(), token.size(), bits.data(), bits.size(), variant);
    token.pop_back();  // its terminating zero
    return token;
}

std::string make_access_token() { return "riposte_" + make_token(); }

std::string token_hash(std::string_view token) {
    std::array<unsigned char, 32> hash;
    ::crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(token.data()), token.size(),
                         nullptr, 0);
    std::string hex(2 * hash.size() + 1, '\0');
    ::sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    hex.pop_back();
    return hex;
}

}  // namespace riposte
