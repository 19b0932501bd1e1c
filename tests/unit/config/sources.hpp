#pragma once

#include "config/load.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace riposte::test {

/// A folder that goes away with the test.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "riposte-config-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw std::runtime_error("mkdtemp " + name);
        path_ = name;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;

    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(path_ / name) << text;
        return (path_ / name).string();
    }

private:
    std::filesystem::path path_;
};

/// The lines that loading refuses with; empty when it does not refuse.
inline std::string refusal_of(const ConfigSources& sources) {
    try {
        load_config(sources);
        return "";
    } catch (const ConfigError& error) {
        return error.what();
    }
}

inline ConfigLine setting(const LoadedConfig& loaded, const std::string& name) {
    for (const auto& setting : loaded.settings)
        if (setting.name == name) return setting;
    return {name, "(missing)", "(missing)"};
}

}  // namespace riposte::test
