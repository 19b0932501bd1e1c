#include "unit/config/sources.hpp"

namespace riposte::test {
namespace {

using ::testing::HasSubstr;

TEST(Configuration, EveryDefaultIsAllowedByItsOwnRule) { EXPECT_EQ(refusal_of({}), ""); }

TEST(Configuration, WithoutAnySourceEveryValueIsTheDefault) {
    const auto loaded = load_config({});
    EXPECT_EQ(loaded.config.http.port, 8080);
    EXPECT_EQ(loaded.config.http.address, "127.0.0.1");
    EXPECT_EQ(setting(loaded, "http.port").source, "default");
}

TEST(Configuration, PathsFollowTheDataFolder) {
    const auto config = load_config({.flags = {{"data.directory", "/srv/riposte"}}}).config;
    EXPECT_EQ(config.http.unix_socket, "/srv/riposte/riposte.sock");
    EXPECT_EQ(config.plugins.directory, "/srv/riposte/plugins");
}

TEST(Configuration, TheFileIsOverriddenByTheEnvironmentAndThatByAFlag) {
    const Folder folder;
    const auto file = folder.write("riposte.toml", "[http]\nport = 1001\nthreads = 2\ndrain_s = 3\n");
    const auto loaded = load_config({.file = file,
                                     .environment = {"RIPOSTE_HTTP__PORT=1002", "RIPOSTE_HTTP__THREADS=4"},
                                     .flags = {{"http.port", "1003"}}});
    EXPECT_EQ(loaded.config.http.port, 1003);
    EXPECT_EQ(loaded.config.http.threads, 4);
    EXPECT_EQ(loaded.config.http.drain_s, 3);
    EXPECT_EQ(setting(loaded, "http.port").source, "flag --http.port");
    EXPECT_EQ(setting(loaded, "http.threads").source, "environment RIPOSTE_HTTP__THREADS");
    EXPECT_EQ(setting(loaded, "http.drain_s").source, file + ":4");
}

TEST(Configuration, TextsListsAndSwitchesAreReadFromTheEnvironment) {
    const auto config = load_config({.environment = {"RIPOSTE_HTTP__TRUSTED_PROXIES=127.0.0.1, 10.0.0.0/8",
                                                     "RIPOSTE_HTTP__INSECURE_HTTP=true",
                                                     "RIPOSTE_AUTH__REGISTRATION=link", "HOME=/root"}})
                            .config;
    EXPECT_THAT(config.http.trusted_proxies, testing::ElementsAre("127.0.0.1", "10.0.0.0/8"));
    EXPECT_TRUE(config.http.insecure_http);
    EXPECT_EQ(config.auth.registration, "link");
}

struct Refused {
    const char* toml;
    const char* said;
};

class RefusedFile : public testing::TestWithParam<Refused> {};

TEST_P(RefusedFile, SaysWhereAndWhat) {
    const Folder folder;
    const auto file = folder.write("riposte.toml", GetParam().toml);
    EXPECT_EQ(refusal_of({.file = file}), file + GetParam().said);
}

INSTANTIATE_TEST_SUITE_P(
    Configuration, RefusedFile,
    testing::Values(
        Refused{"[http]\n\nprot = 80\n", ":3: unknown key http.prot; did you mean http.port?"},
        Refused{"port = 80\n", ":1: unknown key port; did you mean http.port?"},
        Refused{"[limits]\nzzzzzzzzzzzzzzz = 1\n", ":2: unknown key limits.zzzzzzzzzzzzzzz"},
        Refused{"http = 3\n", ":1: unknown key http"},
        Refused{"[http]\nport = \"80\"\n", ":2: http.port must be number 0 to 65535, not \"80\""},
        Refused{"[http]\nport = 80.5\n", ":2: http.port must be number 0 to 65535, not 80.5"},
        Refused{"[http]\nport = 65536\n", ":2: http.port must be number 0 to 65535, not 65536"},
        Refused{"[http]\nport = 2026-01-01\n", ":2: http.port must be number 0 to 65535, not a date or time"},
        Refused{"[http]\ninsecure_http = 1\n", ":2: http.insecure_http must be true or false, not 1"},
        Refused{"[http]\ntrusted_proxies = [1]\n",
                ":2: http.trusted_proxies must be list of texts, not a list with something else than texts in it"},
        Refused{"[auth]\nregistration = \"free\"\n",
                ":2: auth.registration must be one of open, link, closed, not \"free\""},
        Refused{"[auth]\nregistration = \"open|link\"\n",
                ":2: auth.registration must be one of open, link, closed, not \"open|link\""}));

TEST(Configuration, EverythingThatIsWrongIsSaidAtOnce) {
    const Folder folder;
    const auto file = folder.write("riposte.toml", "[http]\nport = -1\nadress = \"::1\"\n");
    const auto refusal = refusal_of({.file = file, .environment = {"RIPOSTE_LOG__LEVEL=loud"}});
    EXPECT_THAT(refusal, HasSubstr(":2: http.port"));
    EXPECT_THAT(refusal, HasSubstr(":3: unknown key http.adress; did you mean http.address?"));
    EXPECT_THAT(refusal, HasSubstr("environment RIPOSTE_LOG__LEVEL: log.level must be one of"));
}

TEST(Configuration, AFileThatIsNotTomlIsRefusedWithItsLine) {
    const Folder folder;
    const auto file = folder.write("riposte.toml", "[http]\nport = = 1\n");
    EXPECT_THAT(refusal_of({.file = file}), HasSubstr(file + ":2: "));
}

TEST(Configuration, AMissingFileIsRefusedByName) {
    EXPECT_THAT(refusal_of({.file = "/nowhere/riposte.toml"}), HasSubstr("/nowhere/riposte.toml: cannot be read"));
}

TEST(Configuration, ASlipInAVariableIsNoticed) {
    EXPECT_EQ(refusal_of({.environment = {"RIPOSTE_HTTP_PORT=80"}}),
              "environment RIPOSTE_HTTP_PORT: unknown; did you mean RIPOSTE_HTTP__PORT?");
    EXPECT_EQ(refusal_of({.environment = {"RIPOSTE_HTTP__PROT=80"}}),
              "environment RIPOSTE_HTTP__PROT: unknown key RIPOSTE_HTTP__PROT; did you mean RIPOSTE_HTTP__PORT?");
    EXPECT_EQ(refusal_of({.environment = {"RIPOSTE_BINARY=/usr/bin/riposte"}}), "");
}

TEST(Configuration, PlainHttpBeyondThisMachineMustBeWanted) {
    EXPECT_THAT(refusal_of({.flags = {{"http.address", "0.0.0.0"}}}), HasSubstr("http.insecure_http = true"));
    EXPECT_EQ(refusal_of({.flags = {{"http.address", "0.0.0.0"}, {"http.insecure_http", "true"}}}), "");
    EXPECT_EQ(refusal_of({.flags = {{"http.address", "::1"}}}), "");
    EXPECT_THAT(refusal_of({.flags = {{"http.address", "localhost"}}}), HasSubstr("must be an IP address"));
}

TEST(Configuration, ThePublicUrlIsAnOrigin) {
    for (const char* good : {"https://chat.example.org", "http://192.168.1.5:8080", "http://[::1]:8080"})
        EXPECT_EQ(refusal_of({.flags = {{"http.public_url", good}}}), "") << good;
    for (const char* bad : {"chat.example.org", "ftp://x", "https://", "https://x/", "https://u@x", "https://x y"})
        EXPECT_THAT(refusal_of({.flags = {{"http.public_url", bad}}}), HasSubstr("http.public_url must be")) << bad;
}

TEST(Configuration, ProxiesAreAddressesOrNetworks) {
    EXPECT_EQ(refusal_of({.flags = {{"http.trusted_proxies", "::1,fd00::/8,192.168.0.0/16"}}}), "");
    EXPECT_THAT(refusal_of({.flags = {{"http.trusted_proxies", "proxy.local"}}}), HasSubstr("proxy.local is neither"));
}

}  // namespace
}  // namespace riposte::test
