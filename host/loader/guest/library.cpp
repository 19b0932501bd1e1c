#include "loader/guest/library.hpp"

#include <dlfcn.h>

namespace riposte::guest {
namespace {

Problem refused(std::string reason) { return {.code = ErrorCode::PluginRefused, .detail = std::move(reason)}; }

std::string version_text(std::uint32_t major, std::uint32_t minor) {
    return std::to_string(major) + "." + std::to_string(minor);
}

/// Up to ABI 1.0 both numbers have to be equal.
bool fits(const riposte_entry& entry) {
    if (RIPOSTE_ABI_MAJOR == 0) return entry.abi_major == 0 && entry.abi_minor == RIPOSTE_ABI_MINOR;
    return entry.abi_major == RIPOSTE_ABI_MAJOR;
}

/// The dynamic linker's own words, which Boost's error code leaves out, without the path of the host's copy.
std::string linker_says(const std::string& path) {
    const char* text = ::dlerror();
    std::string said = text == nullptr ? "unknown reason" : text;
    if (said.starts_with(path + ": ")) said.erase(0, path.size() + 2);
    return said;
}

}  // namespace

Result<Library> Library::open(const std::string& path) {
    namespace dll = boost::dll;
    boost::dll::fs::error_code failure;
    dll::shared_library library;
    library.load(path, failure, dll::load_mode::rtld_now | dll::load_mode::rtld_local);
    if (failure) return refused("cannot be loaded: " + linker_says(path));
    if (!library.has("riposte_plugin_entry")) return refused("does not export riposte_plugin_entry");

    const auto& entry = library.get<const riposte_entry>("riposte_plugin_entry");
    if (!fits(entry))
        return refused("built for plugin interface " + version_text(entry.abi_major, entry.abi_minor) +
                       ", this host has " + version_text(RIPOSTE_ABI_MAJOR, RIPOSTE_ABI_MINOR) + ": build it anew");
    if (entry.plugin == nullptr) return refused("its entry names no plugin");
    return Library(std::move(library), entry.plugin);
}

}  // namespace riposte::guest
