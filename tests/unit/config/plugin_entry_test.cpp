#include "unit/config/sources.hpp"

namespace riposte::test {
namespace {

using ::testing::HasSubstr;

TEST(PluginConfiguration, ValuesKeepTheirTomlType) {
    const Folder folder;
    const auto file = folder.write(
        "riposte.toml",
        "[plugins.weather]\nunits = \"metric\"\nretries = 3\nscale = 1.5\nverbose = true\ncities = [\"a\"]\n");
    auto weather = load_config({.file = file}).config.plugins.by_id.at("weather");
    EXPECT_EQ(std::get<std::string>(weather.values.at("units").value), "metric");
    EXPECT_EQ(std::get<std::int64_t>(weather.values.at("retries").value), 3);
    EXPECT_EQ(std::get<double>(weather.values.at("scale").value), 1.5);
    EXPECT_EQ(std::get<bool>(weather.values.at("verbose").value), true);
    EXPECT_THAT(std::get<std::vector<std::string>>(weather.values.at("cities").value), testing::ElementsAre("a"));
}

TEST(PluginConfiguration, RipostesOwnKeysStandBesideThePlugins) {
    const Folder folder;
    const auto file = folder.write(
        "riposte.toml",
        "[plugins]\nisolation = \"worker\"\n[plugins.ask]\nisolation = \"in-process\"\nread_paths = [\"/srv\"]\n");
    const auto config = load_config({.file = file}).config;
    EXPECT_EQ(config.plugins.isolation, "worker");
    EXPECT_EQ(config.plugins.by_id.at("ask").isolation, "in-process");
    EXPECT_THAT(config.plugins.by_id.at("ask").read_paths, testing::ElementsAre("/srv"));
    EXPECT_TRUE(config.plugins.by_id.at("ask").values.empty());
}

TEST(PluginConfiguration, ASecretComesFromAFileWithoutItsLineEndAndIsNeverShown) {
    const Folder folder;
    const auto key = folder.write("key", "s3cret\n");
    const auto file = folder.write("riposte.toml", "[plugins.weather]\napi_key = { file = \"" + key + "\" }\n");
    const auto loaded = load_config({.file = file});
    const auto value = loaded.config.plugins.by_id.at("weather").values.at("api_key");
    EXPECT_EQ(std::get<std::string>(value.value), "s3cret");
    EXPECT_TRUE(value.secret);
    EXPECT_EQ(setting(loaded, "plugins.weather.api_key").value, "(hidden)");
    EXPECT_EQ(setting(loaded, "plugins.weather.api_key").source, file + ":2");
}

TEST(PluginConfiguration, ASecretComesFromTheEnvironment) {
    const Folder folder;
    const auto file = folder.write("riposte.toml", "[plugins.weather]\napi_key = { environment = \"WEATHER_KEY\" }\n");
    const auto loaded = load_config({.file = file, .environment = {"WEATHER_KEYS=no", "WEATHER_KEY=yes"}});
    EXPECT_EQ(std::get<std::string>(loaded.config.plugins.by_id.at("weather").values.at("api_key").value), "yes");
    EXPECT_EQ(setting(loaded, "plugins.weather.api_key").value, "(hidden)");
    EXPECT_THAT(refusal_of({.file = file}),
                HasSubstr("riposte.toml:2: plugins.weather.api_key.environment: the environment has no WEATHER_KEY"));
}

TEST(PluginConfiguration, AVariableOverridesTheFileAndIsHidden) {
    const Folder folder;
    const auto file = folder.write("riposte.toml", "[plugins.weather]\nunits = \"metric\"\n");
    const auto loaded = load_config({.file = file, .environment = {"RIPOSTE_PLUGINS__WEATHER__UNITS=imperial"}});
    EXPECT_EQ(std::get<std::string>(loaded.config.plugins.by_id.at("weather").values.at("units").value), "imperial");
    EXPECT_EQ(setting(loaded, "plugins.weather.units").value, "(hidden)");
    EXPECT_EQ(setting(loaded, "plugins.weather.units").source, "environment RIPOSTE_PLUGINS__WEATHER__UNITS");
}

TEST(PluginConfiguration, WhatCannotBeAValueIsRefused) {
    const Folder folder;
    const auto refused = [&](const std::string& toml) { return refusal_of({.file = folder.write("r.toml", toml)}); };
    EXPECT_THAT(refused("[plugins.x]\nwhen = 2026-01-01\n"),
                HasSubstr("r.toml:2: plugins.x.when must be a text, a number"));
    EXPECT_THAT(refused("[plugins.x]\nkey = { fil = \"/a\" }\n"), HasSubstr("{ file = \"PATH\" }"));
    EXPECT_THAT(refused("[plugins.x]\nkey = { file = \"/nowhere\" }\n"), HasSubstr("/nowhere cannot be read"));
    EXPECT_THAT(refused("[plugins.x]\nisolation = \"none\"\n"), HasSubstr("must be one of worker, in-process"));
    EXPECT_THAT(refused("[plugins.x.a.b]\nc = 1\n"), HasSubstr("plugins.x.a.b.c: a plugin's configuration"));
}

}  // namespace
}  // namespace riposte::test
