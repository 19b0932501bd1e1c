#include "config/keys.hpp"
#include "config/toml_text.hpp"

namespace riposte {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};

bool is_bounded(const Key& key) { return key.rule.maximum != std::numeric_limits<std::int64_t>::max(); }

std::string alternatives(std::string_view choices) {
    std::string text;
    for (const char c : choices) {
        if (c == '|') text += ", ";
        else text += c;
    }
    return text;
}

/// "HTTP" out of "http.port".
std::string_view section_of(std::string_view name) { return name.substr(0, name.find('.')); }

/// The table row of one key. A "|" would end a cell of Markdown.
std::string reference_row(const Key& key) {
    const std::string value = value_of(key, Config{});
    const std::string shown =
        value == "\"\"" && !key.rule.if_empty.empty() ? std::string(key.rule.if_empty) : "`" + value + "`";
    return "| `" + std::string(key.name) + "` | " + type_of(key) + " | " + shown + " | " + std::string(key.help) +
           " |\n";
}

}  // namespace

std::string type_of(const Key& key) {
    return std::visit(Overloaded{
                          [](bool& (*)(Config&)) -> std::string { return "true or false"; },
                          [&](std::int64_t& (*)(Config&)) -> std::string {
                              if (!is_bounded(key)) return "number";
                              return "number " + std::to_string(key.rule.minimum) + " to " +
                                     std::to_string(key.rule.maximum);
                          },
                          [&](std::string& (*)(Config&)) -> std::string {
                              return key.rule.choices.empty() ? "text" : "one of " + alternatives(key.rule.choices);
                          },
                          [](std::vector<std::string>& (*)(Config&)) -> std::string { return "list of texts"; },
                      },
                      key.slot);
}

std::string value_of(const Key& key, const Config& config) {
    Config copy = config;  // a slot gives write access
    return std::visit([&](auto member) { return toml_text(member(copy)); }, key.slot);
}

std::string reference_page() {
    std::string page = R"(# Configuration

*Made by `riposte config reference` from the table in `host/config/keys.cpp`; a test compares the two.*

Riposte starts without a configuration. What you want otherwise goes, each stronger than the one before it, into

1. a TOML file: `--config FILE`, or else `RIPOSTE_CONFIG`, or else `riposte.toml` in the working directory, or else
   `/etc/riposte/riposte.toml`
2. the environment: `RIPOSTE_HTTP__PORT=9000` for `http.port`; a list is separated by commas
3. flags of `riposte serve`: `--http.port 9000`, in short `--port 9000`

`riposte config show` prints every value and where it came from. An unknown key, a wrong type or a value out of its range
ends the start with file, line and the closest key. Relative paths count from the working directory.
)";
    std::string_view section;
    for (const auto& key : keys()) {
        if (section_of(key.name) != section) {
            section = section_of(key.name);
            page += "\n## " + std::string(section) + "\n\n| key | type | default | what it does |\n|---|---|---|---|\n";
        }
        page += reference_row(key);
    }
    page += R"(
## plugins.<id>

A table `[plugins.weather]` configures the plugin `weather`. Two of its keys are Riposte's: `isolation` (as
`plugins.isolation`, for this plugin only) and `read_paths`, a list of files and folders that its worker may read. Every
other key is the plugin's own and is checked against what the plugin declares.

```toml
[plugins.weather]
read_paths = ["/srv/weather"]
units = "metric"
api_key = { file = "/run/secrets/weather" }           # a secret: the file's text without the line's end
other_key = { environment = "WEATHER_OTHER_KEY" }     # or from the environment
```

`RIPOSTE_PLUGINS__WEATHER__UNITS=imperial` sets the same from the environment. What comes from the environment or from a
file of its own is never shown by `riposte config show`. `riposte plugin config weather units=imperial` changes it while the
server runs; what is set so goes before all of this.
)";
    return page;
}

}  // namespace riposte
