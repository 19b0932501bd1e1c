#pragma once

#include "base/result.hpp"

#include <filesystem>

namespace riposte {

/// Whether a file is a whole shared library for this machine, by its ELF header alone: what the dynamic linker would choke
/// on, or worse, take although half of it is missing, is named before it is loaded. PluginRefused, step "load". Any thread.
Result<> check_library_file(const std::filesystem::path& file);

}  // namespace riposte
