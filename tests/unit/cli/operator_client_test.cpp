#include "cli/operator_client.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace riposte {
namespace {

TEST(AskServer, SaysHowToStartAServerThatIsNotThere) {
    try {
        ask_server("/nowhere/riposte.sock", "GET", "/healthz");
        FAIL() << "somebody answered";
    } catch (const std::runtime_error& error) {
        EXPECT_EQ(
            std::string(error.what()),
            "no server answers at /nowhere/riposte.sock (No such file or directory): start it with `riposte serve`, "
            "or name the data folder of the one that runs: --data DIR");
    }
}

}  // namespace
}  // namespace riposte
