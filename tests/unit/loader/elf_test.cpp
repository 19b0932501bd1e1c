#include "loader/elf.hpp"

#include "unit/temporary_folder.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

namespace riposte {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Elf, APluginExportsItsEntry) {
    const auto facts = read_elf(fs::path(FIXTURES) / "slow.so");
    ASSERT_TRUE(facts) << facts.error().detail;
    EXPECT_THAT(facts->exported, ElementsAre("riposte_plugin_entry"));
    EXPECT_THAT(facts->unique, IsEmpty());
    EXPECT_THAT(facts->thread_locals, IsEmpty());
    EXPECT_FALSE(facts->never_unloaded);
    EXPECT_EQ(what_keeps_it_mapped(*facts), "");
}

TEST(Elf, SeesVariablesOfEachThreadByTheirNames) {
    const auto facts = read_elf(fs::path(FIXTURES) / "pinned.so");
    ASSERT_TRUE(facts);
    EXPECT_THAT(facts->thread_locals, ElementsAre("remembered"));
    EXPECT_TRUE(facts->has_thread_destructors);
    EXPECT_EQ(what_keeps_it_mapped(*facts), "thread_local \"remembered\" has a destructor");
}

TEST(Elf, SaysWhatKeepsALibraryInMemory) {
    ElfFacts facts;
    facts.thread_locals = {"counter"};
    EXPECT_EQ(what_keeps_it_mapped(facts), "") << "without a destructor it does not";
    facts.has_thread_destructors = true;
    facts.thread_locals = {};
    EXPECT_EQ(what_keeps_it_mapped(facts), "a thread_local variable has a destructor") << "stripped";
    facts.unique = {"std::digits", "bell\a" + std::string(100, 'x')};
    EXPECT_EQ(what_keeps_it_mapped(facts),
              "\"bell?" + std::string(75, 'x') + "\" is a unique symbol, which pins it; build with -fno-gnu-unique");
    facts.never_unloaded = true;
    EXPECT_EQ(what_keeps_it_mapped(facts), "it was linked with -z nodelete");
}

TEST(Elf, WhateverAFileHoldsItIsReadWithinItsBounds) {
    std::ifstream in(fs::path(FIXTURES) / "slow.so", std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), {}};
    const TemporaryFolder place;
    const auto& folder = place.path();
    std::size_t refused = 0;
    for (std::size_t size = 0; size < whole.size(); size += 997) {
        std::ofstream(folder / "cut.so", std::ios::binary | std::ios::trunc) << whole.substr(0, size);
        if (!read_elf(folder / "cut.so")) ++refused;
    }
    EXPECT_GT(refused, 10u);
    std::ofstream(folder / "text.so") << "hello";
    EXPECT_THAT(read_elf(folder / "text.so").error().detail, HasSubstr("not an ELF file"));
    EXPECT_THAT(read_elf(folder / "absent.so").error().detail, HasSubstr("cannot be read"));
}

}  // namespace
}  // namespace riposte
