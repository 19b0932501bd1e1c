#include "loader/worker_main.hpp"

#include "base/log.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string_view>

// The test is its own `riposte worker`, so that no server is needed.
int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "worker") return riposte::worker_main(argc, argv);
    riposte::log::start(
        std::getenv("RIPOSTE_TEST_LOG") != nullptr ? riposte::log::Level::Debug : riposte::log::Level::Error,
        riposte::log::Format::Text);
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
