#include "unit/loader/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

namespace riposte::test {
namespace {

using ::testing::HasSubstr;

class Unload : public ::testing::Test {
protected:
    Unload() { world.options.isolation = Isolation::InProcess; }
    void reload(const std::string& id, int times) {
        for (int i = 0; i < times; ++i) {
            const auto report = world.run(world.host->reload(id, "alice, cli", true));
            ASSERT_TRUE(report && report->live);
        }
    }
    /// Looked at from outside the loader: the host's copies are called live-….so.
    std::size_t mapped_copies() const {
        std::ifstream maps("/proc/self/maps");
        std::set<std::string> files;
        const auto folder = world.folder.string();
        for (std::string line; std::getline(maps, line);)
            if (const auto name = line.find("/live-"); name != std::string::npos && line.find(folder) != line.npos)
                files.insert(line.substr(name));
        return files.size();
    }
    World world;
};

TEST_F(Unload, OfAnEndedGenerationIsComplete) {
    world.install("echo");
    world.start();
    reload("echo", 10);
    EXPECT_TRUE(world.becomes("echo", [&](const auto&) { return mapped_copies() == 1u; }));
    EXPECT_EQ(world.plugin("echo").left_mapped, 0);
}

TEST_F(Unload, WhatStaysIsCountedShownAndHarmless) {
    world.install("pinned");
    world.start();
    EXPECT_EQ(world.asks("/pinned"), "x");
    reload("pinned", 1);
    ASSERT_TRUE(world.becomes("pinned", [](const auto& view) { return view.left_mapped == 1; }));
    EXPECT_EQ(mapped_copies(), 2u);
    EXPECT_EQ(world.asks("/pinned"), "x") << "not \"xx\": the old code and its memory are not met again";
    std::string log;
    for (const auto& line : *world.run(world.host->log("pinned", 1, 100))) log += line.text + "\n";
    EXPECT_THAT(log, HasSubstr("its library stays mapped in the server, with 1 in all"));
    reload("pinned", 5);
    EXPECT_LE(world.plugin("pinned").left_mapped, 6);
    EXPECT_EQ(world.asks("/pinned"), "x");
}

TEST_F(Unload, IsDoubtedBeforeItIsTried) {
    for (const std::string library : {"pinned", "unique", "nodelete"}) {
        world.install(library, "one");
        if (!world.host) world.start();
        const auto report = world.run(world.host->reload(library, "alice, cli", true));
        ASSERT_TRUE(report && report->live) << library;
        const std::string why = library == "pinned"   ? "thread_local \"remembered\" has a destructor"
                                : library == "unique" ? "\"Unique::counter()::count\" is a unique symbol, which pins it"
                                                      : "it was linked with -z nodelete";
        EXPECT_THAT(report->warning, HasSubstr("may stay in the server's memory when it is replaced: " + why));
        EXPECT_THAT(world.services.entries.back().result, HasSubstr("live; warning: its library may stay"));
        std::string log;
        for (const auto& line : *world.run(world.host->log(library, std::nullopt, 100))) log += line.text + "\n";
        EXPECT_THAT(log, HasSubstr("warning: its library may stay"));
    }
    world.install("echo");
    const auto clean = world.run(world.host->reload("echo", "alice, cli", true));
    ASSERT_TRUE(clean && clean->live);
    EXPECT_EQ(clean->warning, "");
    const auto moved = world.run(world.host->isolate("pinned", Isolation::Worker, "alice, cli"));
    ASSERT_TRUE(moved);
    const auto apart = world.run(world.host->reload("pinned", "alice, cli", true));
    EXPECT_EQ(apart->warning, "") << "a worker's end frees everything";
}

TEST_F(Unload, OfOneWhoseThreadWasGivenUpIsCounted) {
    world.options.first_output = 100ms;
    world.install("careless");
    world.start();
    const auto slow = world.says("/careless");  // 1.5 s, and it hears nothing
    EXPECT_EQ(world.outcome(slow), "timed_out");
    EXPECT_TRUE(world.becomes("careless", [](const auto& view) { return view.left_mapped == 1; }))
        << "it cannot be unloaded as long as it runs";
}

TEST_F(Unload, OfAWorkerIsItsEnd) {
    world.options.isolation = Isolation::Worker;
    world.install("pinned");
    world.start();
    EXPECT_EQ(world.asks("/pinned"), "x");
    reload("pinned", 3);
    EXPECT_EQ(world.plugin("pinned").left_mapped, 0);
    EXPECT_EQ(mapped_copies(), 0u);
}

}  // namespace
}  // namespace riposte::test
