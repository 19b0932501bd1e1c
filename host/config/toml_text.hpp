#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace riposte {

// A value as it would stand in a TOML file.
std::string toml_text(bool value);
std::string toml_text(std::int64_t value);
std::string toml_text(double value);
std::string toml_text(std::string_view value);
std::string toml_text(const std::vector<std::string>& value);
inline std::string toml_text(const std::string& value) { return toml_text(std::string_view(value)); }

}  // namespace riposte
