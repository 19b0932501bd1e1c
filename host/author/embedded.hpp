#pragma once

#include <span>
#include <string_view>

namespace riposte {

/// A file that came with the source and now lies in this binary.
struct EmbeddedFile {
    std::string_view name;  // "riposte/plugin.h", "cpp/NAME.cpp"
    std::string_view content;
};

/// The headers under "riposte/", what every plugin gets under "common/", and a folder of templates for each language.
std::span<const EmbeddedFile> embedded_files();

}  // namespace riposte
