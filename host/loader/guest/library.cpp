#include "loader/guest/library.hpp"

#include "loader/guest/first_release.hpp"

#include <dlfcn.h>

namespace riposte::guest {
namespace {

Problem refused(std::string reason) { return {.code = ErrorCode::PluginRefused, .detail = std::move(reason)}; }

std::string version_text(std::uint32_t major, std::uint32_t minor) {
    return std::to_string(major) + "." + std::to_string(minor);
}

/// "" if this host runs such a plugin, else what is to be done.
std::string remedy(const riposte_entry& entry) {
    if (entry.abi_major == RIPOSTE_ABI_MAJOR && entry.abi_minor <= RIPOSTE_ABI_MINOR) return {};
    const auto built_for = "built for plugin interface " + version_text(entry.abi_major, entry.abi_minor);
    const auto own = version_text(RIPOSTE_ABI_MAJOR, RIPOSTE_ABI_MINOR);
    if (entry.abi_major == RIPOSTE_ABI_MAJOR)
        return built_for + ", this host has " + own + ": it needs a newer host, or a build for " + own;
    return built_for + ", this host runs " + version_text(RIPOSTE_ABI_MAJOR, 0) + " to " + own +
           ": rebuild it with this host's headers";
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
    if (auto wrong = remedy(entry); !wrong.empty()) return refused(std::move(wrong));
    if (entry.plugin == nullptr) return refused("its entry names no plugin");
    const auto plugin = within_its_size(*entry.plugin);
    if (!plugin) return refused("its description is shorter than plugin interface 1.0 has it");
    return Library(std::move(library), *plugin);
}

}  // namespace riposte::guest
