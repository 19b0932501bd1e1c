#include <riposte/plugin.h>

#include <gtest/gtest.h>

#include <cstddef>
#include <type_traits>

extern "C" int struct_sizes_agree_in_c(std::size_t invocation, std::size_t host, std::size_t plugin);

namespace {

// What is frozen for ever. If one of these lines fails, it is the header that must be put back, not the line.
static_assert(sizeof(riposte_text) == 16 && offsetof(riposte_text, size) == 8);
static_assert(sizeof(riposte_translation) == 16 && offsetof(riposte_translation, text) == 8);
static_assert(sizeof(riposte_argument) == 56);
static_assert(offsetof(riposte_argument, text) == 16 && offsetof(riposte_argument, integer) == 32);
static_assert(offsetof(riposte_argument, number) == 40 && offsetof(riposte_argument, type) == 48);
static_assert(offsetof(riposte_argument, boolean) == 52);
static_assert(sizeof(riposte_entry) == 16 && offsetof(riposte_entry, abi_major) == 0);
static_assert(offsetof(riposte_entry, abi_minor) == 4 && offsetof(riposte_entry, plugin) == 8);
static_assert(std::is_same_v<riposte_call, std::uint64_t> && std::is_same_v<riposte_reply, std::uint64_t>);
static_assert(sizeof(riposte_status) == 4 && sizeof(riposte_result) == 4 && sizeof(riposte_type) == 4);

// What may grow, at its end only: the first and last member of ABI 0.1.
static_assert(offsetof(riposte_option, struct_size) == 0 && offsetof(riposte_option, otherwise) == 64);
static_assert(offsetof(riposte_command, struct_size) == 0 && offsetof(riposte_command, options) == 48);
static_assert(offsetof(riposte_invocation, struct_size) == 0 && offsetof(riposte_invocation, hearing) == 264);
static_assert(offsetof(riposte_suggestion_request, struct_size) == 0 &&
              offsetof(riposte_suggestion_request, locale) == 88 &&
              offsetof(riposte_suggestion_request, argument_count) == 112);
static_assert(offsetof(riposte_timer, struct_size) == 0 && offsetof(riposte_timer, payload) == 40);
static_assert(offsetof(riposte_host, struct_size) == 0 && offsetof(riposte_host, reply) == 24);
static_assert(offsetof(riposte_host, now) == 24 + 23 * sizeof(void*));
static_assert(offsetof(riposte_plugin, struct_size) == 0 && offsetof(riposte_plugin, id) == 24);
static_assert(offsetof(riposte_plugin, forget_user) == 24 + 14 * sizeof(void*));

// Values that plugins have compiled in.
static_assert(RIPOSTE_OK == 0 && RIPOSTE_GONE == 1 && RIPOSTE_FAILED == 10 && RIPOSTE_PENDING == 2);
static_assert(RIPOSTE_INTEGER == 1 && RIPOSTE_TEXT_LIST == 10 && RIPOSTE_SUGGESTS == 16);

TEST(Abi, HasOneLayoutInCAndCpp) {
    EXPECT_TRUE(struct_sizes_agree_in_c(sizeof(riposte_invocation), sizeof(riposte_host), sizeof(riposte_plugin)));
}

TEST(Abi, AnOlderStructLacksItsNewestMembers) {
    riposte_option option{};
    option.struct_size = offsetof(riposte_option, otherwise);
    EXPECT_TRUE(RIPOSTE_HAS(riposte_option, &option, maximum));
    EXPECT_FALSE(RIPOSTE_HAS(riposte_option, &option, otherwise));
}

}  // namespace
