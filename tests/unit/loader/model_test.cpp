#include "unit/loader/world.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

namespace riposte::test {
namespace {

/// What a plugin is in the mind of somebody who knows nothing of workers, files and generations.
struct Modelled {
    std::string command;
    bool enabled = true;
    int version = 1;
    bool in_process = false;
};

/// Random steps of operators and plugins, each held against the model.
class ModelTest : public ::testing::Test {
protected:
    ModelTest() {
        for (const auto* name : {"versioned", "counter"}) world_.install(std::string(name) + "_v1", name);
        world_.install("segfault");
        world_.start();
    }

    void did(const std::string& what) { (steps_ += what) += "; "; }

    bool one_in(int count) { return std::uniform_int_distribution(1, count)(random_) == 1; }

    void swap(const std::string& id) {
        auto& plugin = model_.at(id);
        if (!plugin.enabled) return;
        plugin.version = 3 - plugin.version;
        did("swap " + id);
        world_.install(id + "_v" + std::to_string(plugin.version), id);
        reload(id);
    }

    void reload(const std::string& id) {
        if (!model_.at(id).enabled) return;
        did("reload " + id);
        const auto report = world_.run(world_.host->reload(id, "alice, cli", true));
        ASSERT_TRUE(report && (report->live || report->unchanged)) << id << ": " << (report ? report->reason : "");
    }

    void turn(const std::string& id) {
        auto& plugin = model_.at(id);
        plugin.enabled = !plugin.enabled;
        did((plugin.enabled ? "enable " : "disable ") + id);
        const auto view =
            world_.run(plugin.enabled ? world_.host->enable(id, "alice, web") : world_.host->disable(id, "alice, web"));
        ASSERT_TRUE(view) << id;
    }

    void isolate(const std::string& id) {
        auto& plugin = model_.at(id);
        if (!plugin.enabled || id == "segfault") return;  // in-process it would take this test with it
        plugin.in_process = !plugin.in_process;
        const auto isolation = plugin.in_process ? Isolation::InProcess : Isolation::Worker;
        did("isolate " + id);
        ASSERT_TRUE(world_.run(world_.host->isolate(id, isolation, "alice, web"))) << id;
    }

    void crash() {
        if (!model_.at("segfault").enabled) return;
        did("crash");
        ASSERT_EQ(world_.asks("/segfault"), "crashed: SIGSEGV");
        reload("segfault");  // and the circuit is closed again
    }

    void compare() {
        for (const auto& [id, plugin] : model_)
            ASSERT_EQ(world_.services.catalogue->match(plugin.command).has_value(), plugin.enabled) << id;
        if (model_.at("versioned").enabled) {
            ASSERT_EQ(world_.asks("/version"), "v" + std::to_string(model_.at("versioned").version));
        }
        if (model_.at("counter").enabled) {
            const auto answer = "v" + std::to_string(model_.at("counter").version) + ": " + std::to_string(++counted_);
            ASSERT_EQ(world_.asks("/count"), answer);
        }
    }

    void step() {
        const std::string ids[] = {"versioned", "counter", "segfault"};
        const auto& id = ids[std::uniform_int_distribution(0, 2)(random_)];
        if (one_in(4)) return turn(id);
        if (one_in(4)) return isolate(id);
        if (one_in(4)) return crash();
        if (one_in(3)) return reload(id);
        if (id != "segfault") swap(id);
    }

    /// The recorder remembers everything; a campaign must not wait for it to be searched.
    void forget() {
        const std::lock_guard lock(world_.services.mutex);
        world_.services.posted.clear();
        world_.services.outcomes.clear();
        world_.services.entries.clear();
    }

    World world_;
    std::map<std::string, Modelled> model_{
        {"versioned", {"/version"}}, {"counter", {"/count"}}, {"segfault", {"/segfault"}}};
    std::mt19937 random_{20261128};
    int counted_ = 0;
    std::string steps_;  // the last of them, for whoever has to read a failure
};

TEST_F(ModelTest, RandomStepsEqualTheModel) {
    const char* campaign = std::getenv("RIPOSTE_CAMPAIGN");
    const int steps = campaign && std::string_view(campaign) == "large" ? 100'000 : 200;
    for (int i = 0; i < steps; ++i) {
        step();
        if (!HasFatalFailure()) compare();
        if (HasFatalFailure()) FAIL() << "at step " << i << "; the last steps: " << steps_;
        if (i % 20 == 19) steps_.clear();
        if (i % 1000 == 999) forget();
    }
}

}  // namespace
}  // namespace riposte::test
