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

TEST(PathSegment, EncodesWhatWouldEndTheSegment) {
    EXPECT_EQ(path_segment("dice-2_b"), "dice-2_b");
    EXPECT_EQ(path_segment("a/b?c d%"), "a%2Fb%3Fc%20d%25");
    EXPECT_EQ(path_segment("天"), "%E5%A4%A9");
}

}  // namespace
}  // namespace riposte
