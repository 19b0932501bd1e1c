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

// What may grow, at its end only: the first and last member of ABI 1.0.
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

// In the middle of them, so that no two members can change places.
static_assert(offsetof(riposte_option, name) == 16 && offsetof(riposte_option, minimum) == 48);
static_assert(offsetof(riposte_command, deadline_ms) == 12 && offsetof(riposte_command, prefix) == 16);
static_assert(offsetof(riposte_invocation, call) == 16 && offsetof(riposte_invocation, line) == 56);
static_assert(offsetof(riposte_invocation, arguments) == 88 && offsetof(riposte_invocation, user_id) == 104);
static_assert(offsetof(riposte_invocation, user_role) == 144 && offsetof(riposte_invocation, room) == 160);
static_assert(offsetof(riposte_invocation, deadline) == 224 && offsetof(riposte_invocation, payload) == 248);
static_assert(offsetof(riposte_host, name) == 8 && offsetof(riposte_host, stream_begin) == 24 + 3 * sizeof(void*));
static_assert(offsetof(riposte_host, kv_get) == 24 + 10 * sizeof(void*));
static_assert(offsetof(riposte_host, timer_set) == 24 + 14 * sizeof(void*));
static_assert(offsetof(riposte_host, post) == 24 + 17 * sizeof(void*));
static_assert(offsetof(riposte_host, log) == 24 + 21 * sizeof(void*));
static_assert(offsetof(riposte_plugin, commands) == 64 && offsetof(riposte_plugin, start) == 88);
static_assert(offsetof(riposte_plugin, save_state) == 24 + 12 * sizeof(void*));

// None has padding at its end: a member added there would lie within the size of those that do not have it.
static_assert(sizeof(riposte_option) == offsetof(riposte_option, otherwise) + sizeof(void*));
static_assert(sizeof(riposte_command) == offsetof(riposte_command, options) + sizeof(void*));
static_assert(sizeof(riposte_invocation) == offsetof(riposte_invocation, reserved2) + sizeof(std::uint32_t));
static_assert(sizeof(riposte_suggestion_request) == offsetof(riposte_suggestion_request, argument_count) + 8);
static_assert(sizeof(riposte_timer) == offsetof(riposte_timer, payload) + sizeof(riposte_text));
static_assert(sizeof(riposte_host) == offsetof(riposte_host, now) + sizeof(void*));
static_assert(sizeof(riposte_plugin) == offsetof(riposte_plugin, forget_user) + sizeof(void*));

// Values that plugins have compiled in.
static_assert(RIPOSTE_ABI_MAJOR == 1);
static_assert(RIPOSTE_OK == 0 && RIPOSTE_GONE == 1 && RIPOSTE_NOT_SUPPORTED == 2 && RIPOSTE_TOO_LARGE == 3);
static_assert(RIPOSTE_TOO_MANY == 4 && RIPOSTE_INVALID == 5 && RIPOSTE_BUSY == 6 && RIPOSTE_DENIED == 7);
static_assert(RIPOSTE_NOT_FOUND == 8 && RIPOSTE_CANCELLED == 9 && RIPOSTE_FAILED == 10);
static_assert(RIPOSTE_DONE == 0 && RIPOSTE_FAIL == 1 && RIPOSTE_PENDING == 2);
static_assert(RIPOSTE_INTEGER == 1 && RIPOSTE_NUMBER == 2 && RIPOSTE_TEXT == 3 && RIPOSTE_CHOICE == 4);
static_assert(RIPOSTE_BOOLEAN == 5 && RIPOSTE_USER == 6 && RIPOSTE_ROOM == 7 && RIPOSTE_DURATION == 8);
static_assert(RIPOSTE_SECRET == 9 && RIPOSTE_TEXT_LIST == 10);
static_assert(RIPOSTE_REQUIRED == 1 && RIPOSTE_REST == 2 && RIPOSTE_HAS_MINIMUM == 4 && RIPOSTE_HAS_MAXIMUM == 8);
static_assert(RIPOSTE_SUGGESTS == 16);
static_assert(RIPOSTE_ANYONE == 0 && RIPOSTE_MODERATOR == 1 && RIPOSTE_OWNER == 2 && RIPOSTE_OPERATOR == 3);
static_assert(RIPOSTE_VISIBLE_TO_ROOM == 0 && RIPOSTE_VISIBLE_TO_AUTHOR == 1);
static_assert(RIPOSTE_PERMISSION_NETWORK == 1 && RIPOSTE_PERMISSION_HEAR == 2 && RIPOSTE_PERMISSION_POST == 4);
static_assert(RIPOSTE_FROM_USER == 1 && RIPOSTE_FROM_TIMER == 2 && RIPOSTE_FROM_HEARING == 3);
static_assert(RIPOSTE_ROLE_MEMBER == 0 && RIPOSTE_ROLE_MODERATOR == 1 && RIPOSTE_ROLE_OWNER == 2);
static_assert(RIPOSTE_LATE == 1 && RIPOSTE_AUTHOR_ONLY == 2 && RIPOSTE_DIRECT_ROOM == 4 && RIPOSTE_ADMINISTRATOR == 8);
static_assert(RIPOSTE_LOG_DEBUG == 0 && RIPOSTE_LOG_INFO == 1 && RIPOSTE_LOG_WARNING == 2 && RIPOSTE_LOG_ERROR == 3);

// Limits on which plugins may rely: raised, perhaps, but never lowered.
static_assert(RIPOSTE_MAX_REPLY >= 16384 && RIPOSTE_MAX_REPLIES >= 32 && RIPOSTE_MAX_OUTPUT >= 1048576);
static_assert(RIPOSTE_MAX_FAILURE >= 1024 && RIPOSTE_MAX_KEY >= 512 && RIPOSTE_MAX_VALUE >= 65536);
static_assert(RIPOSTE_MAX_KEYS >= 1000 && RIPOSTE_MAX_WRITES >= 1000 && RIPOSTE_MAX_PAYLOAD >= 4096);
static_assert(RIPOSTE_MAX_TIMERS >= 10000 && RIPOSTE_MAX_STATE >= 16777216 && RIPOSTE_MAX_LOG >= 4096);
static_assert(RIPOSTE_MAX_SUGGESTIONS >= 25 && RIPOSTE_MAX_SUGGESTION >= 256 && RIPOSTE_MAX_PATTERN >= 256);
static_assert(RIPOSTE_MAX_HEARINGS >= 16);

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
