#include "cli/command_line.hpp"
#include "config/load.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

std::variant<CommandLine, ExitCode> typed(std::vector<std::string> words) {
    words.insert(words.begin(), "riposte");
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    return parse_command_line(static_cast<int>(arguments.size()), arguments.data());
}

CommandLine understood(std::vector<std::string> words) {
    auto parsed = typed(std::move(words));
    EXPECT_TRUE(std::holds_alternative<CommandLine>(parsed));
    return std::holds_alternative<CommandLine>(parsed) ? std::get<CommandLine>(parsed) : CommandLine{};
}

TEST(CommandLine, ServeTakesShortFlagsAndEveryKeyOfTheConfiguration) {
    const auto line =
        understood({"serve", "--port", "9000", "--data", "/srv", "--log.level", "debug", "--config", "r.toml"});
    EXPECT_EQ(line.verb, Verb::Serve);
    EXPECT_EQ(line.config_file, "r.toml");
    EXPECT_THAT(line.flags,
                ElementsAre(Pair("http.port", "9000"), Pair("data.directory", "/srv"), Pair("log.level", "debug")));
}

TEST(CommandLine, TheLongNameOfAShortFlagIsTheKey) {
    const auto line = understood({"serve", "--http.port=1", "--data.directory=/a", "--http.address=::1"});
    EXPECT_THAT(line.flags,
                ElementsAre(Pair("http.port", "1"), Pair("data.directory", "/a"), Pair("http.address", "::1")));
    EXPECT_EQ(load_config({.flags = line.flags}).config.http.address, "::1");
}

TEST(CommandLine, GeneralFlagsMayStandBeforeOrBehindTheVerb) {
    EXPECT_THAT(understood({"--data", "/srv", "plugin", "list"}).flags, ElementsAre(Pair("data.directory", "/srv")));
    EXPECT_THAT(understood({"plugin", "list", "--data", "/srv"}).flags, ElementsAre(Pair("data.directory", "/srv")));
}

TEST(CommandLine, TokensAreListedAndRevokedByTheirNumber) {
    EXPECT_EQ(understood({"token", "list"}).verb, Verb::TokenList);
    EXPECT_EQ(understood({"token", "list", "ali"}).name, "ali");
    const auto line = understood({"token", "revoke", "17"});
    EXPECT_EQ(line.verb, Verb::TokenRevoke);
    EXPECT_EQ(line.number, 17);
    EXPECT_TRUE(std::holds_alternative<ExitCode>(typed({"token", "revoke", "first"})));
}

TEST(CommandLine, AuthorsNameAFolderOrALibrary) {
    const auto made = understood({"plugin", "new", "weather"});
    EXPECT_EQ(made.verb, Verb::PluginNew);
    EXPECT_EQ(made.name, "weather");
    EXPECT_EQ(made.language, "cpp");
    EXPECT_EQ(understood({"plugin", "new", "weather", "--lang", "rust"}).language, "rust");
    const auto run = understood({"plugin", "run", "weather", "--watch", "--set", "a=1", "--set", "b=2 3"});
    EXPECT_EQ(run.verb, Verb::PluginRun);
    EXPECT_EQ(run.target, "weather");
    EXPECT_EQ(run.isolation, "worker");
    EXPECT_TRUE(run.watch);
    EXPECT_FALSE(run.gdb);
    EXPECT_THAT(run.settings, ElementsAre("a=1", "b=2 3"));
    const auto check = understood({"plugin", "check", "weather.so", "--only", "cancel", "--gdb"});
    EXPECT_EQ(check.verb, Verb::PluginCheck);
    EXPECT_EQ(check.only, "cancel");
    EXPECT_TRUE(check.gdb);
    const auto install = understood({"plugin", "install", "weather", "--data", "/srv"});
    EXPECT_EQ(install.verb, Verb::PluginInstall);
    EXPECT_THAT(install.flags, ElementsAre(Pair("data.directory", "/srv")));
}

TEST(CommandLine, PluginVerbsNameTheirPlugin) {
    const auto reload = understood({"plugin", "reload", "dice", "--force"});
    EXPECT_EQ(reload.verb, Verb::PluginReload);
    EXPECT_EQ(reload.name, "dice");
    EXPECT_TRUE(reload.force);
    EXPECT_FALSE(understood({"plugin", "reload", "dice"}).force);
    const auto back = understood({"plugin", "rollback", "dice", "--data", "restore"});
    EXPECT_EQ(back.verb, Verb::PluginRollback);
    EXPECT_EQ(back.data, "restore");
    EXPECT_EQ(understood({"plugin", "rollback", "dice"}).data, "");
    EXPECT_EQ(understood({"plugin", "history", "dice"}).verb, Verb::PluginHistory);
    const auto alias = understood({"plugin", "alias", "thief", "/dice", "/roll"});
    EXPECT_EQ(alias.verb, Verb::PluginAlias);
    EXPECT_EQ(alias.prefix, "/dice");
    EXPECT_EQ(alias.alias, "/roll");
    EXPECT_EQ(understood({"plugin", "alias", "thief", "/dice"}).alias, "");
    const auto log = understood({"plugin", "log", "dice", "--generation", "3", "--lines", "50"});
    EXPECT_EQ(log.verb, Verb::PluginLog);
    EXPECT_EQ(log.generation, 3);
    EXPECT_EQ(log.lines, 50);
    EXPECT_EQ(understood({"plugin", "enable", "dice"}).verb, Verb::PluginEnable);
    EXPECT_EQ(understood({"plugin", "disable", "dice"}).verb, Verb::PluginDisable);
    const auto grant = understood({"plugin", "grant", "llm", "network"});
    EXPECT_EQ(grant.verb, Verb::PluginGrant);
    EXPECT_EQ(grant.permission, "network");
    const auto rooms = understood({"plugin", "rooms", "dice", "invited"});
    EXPECT_EQ(rooms.verb, Verb::PluginRooms);
    EXPECT_EQ(rooms.rooms, "invited");
    EXPECT_EQ(understood({"plugin", "revoke", "llm", "network"}).verb, Verb::PluginRevoke);
    const auto isolation = understood({"plugin", "isolation", "dice", "in-process"});
    EXPECT_EQ(isolation.verb, Verb::PluginIsolation);
    EXPECT_EQ(isolation.isolation, "in-process");
}

TEST(CommandLine, UsersConfigurationBackupAndVersion) {
    EXPECT_EQ(understood({"user", "reset", "天气"}).name, "天气");
    EXPECT_EQ(understood({"user", "admin-link"}).verb, Verb::UserAdminLink);
    EXPECT_EQ(understood({"config", "show"}).verb, Verb::ConfigShow);
    EXPECT_EQ(understood({"config", "reference"}).verb, Verb::ConfigReference);
    EXPECT_EQ(understood({"backup", "b.db"}).file, "b.db");
    EXPECT_EQ(understood({"version"}).verb, Verb::Version);
}

struct Wrong {
    std::vector<std::string> words;
    const char* said;
};

class WrongCommandLine : public testing::TestWithParam<Wrong> {};

TEST_P(WrongCommandLine, EndsWithTwoAndSaysWhy) {
    testing::internal::CaptureStderr();
    const auto parsed = typed(GetParam().words);
    EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr(GetParam().said));
    ASSERT_TRUE(std::holds_alternative<ExitCode>(parsed));
    EXPECT_EQ(std::get<ExitCode>(parsed).value, 2);
}

INSTANTIATE_TEST_SUITE_P(CommandLine, WrongCommandLine,
                         testing::Values(Wrong{{}, "subcommand"}, Wrong{{"serv"}, "subcommand"},
                                         Wrong{{"serve", "--prot", "1"}, "--prot"}, Wrong{{"plugin"}, "subcommand"},
                                         Wrong{{"plugin", "reload"}, "name"},
                                         Wrong{{"plugin", "isolation", "dice", "none"}, "none"},
                                         Wrong{{"backup"}, "file"}, Wrong{{"serve", "--port"}, "--port"}));

TEST(CommandLine, HelpEndsWithZeroAndHidesTheManyKeys) {
    testing::internal::CaptureStdout();
    const auto parsed = typed({"serve", "--help"});
    const auto help = testing::internal::GetCapturedStdout();
    EXPECT_EQ(std::get<ExitCode>(parsed).value, 0);
    EXPECT_THAT(help, HasSubstr("--port"));
    EXPECT_THAT(help, testing::Not(HasSubstr("--limits.outbox_kib")));
}

}  // namespace
}  // namespace riposte
