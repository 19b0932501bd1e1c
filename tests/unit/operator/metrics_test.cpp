#include "operator/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riposte {
namespace {

using ::testing::HasSubstr;

TEST(Metrics, NameTheServerAndEachPlugin) {
    Status status;
    status.version = "0.1.0";
    status.connections = 12;
    status.commands.p99_ms = 250;
    PluginView dice;
    dice.id = "dice";
    dice.version = "2 \"beta\"";
    dice.state = "probation 14/20";
    dice.serving = true;
    dice.calls = 7;
    const auto text = metrics_text(status, {dice});
    EXPECT_THAT(text, HasSubstr("# TYPE riposte_connections gauge\nriposte_connections 12\n"));
    EXPECT_THAT(text, HasSubstr("riposte_command_seconds_10m{quantile=\"0.99\"} 0.250000\n"));
    EXPECT_THAT(text, HasSubstr("riposte_plugin_calls_total{plugin=\"dice\"} 7\n"));
    EXPECT_THAT(text,
                HasSubstr(R"(riposte_plugin_serving{plugin="dice",version="2 \"beta\"",state="probation 14/20"} 1)"));
}

}  // namespace
}  // namespace riposte
