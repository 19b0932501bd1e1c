#pragma once

#include "base/result.hpp"
#include "loader/plugin_description.hpp"

#include <boost/dll/shared_library.hpp>
#include <riposte/plugin.h>

#include <string>

namespace riposte::guest {

/// A plugin's shared library: loading it runs its constructors. Whether closing it unloads anything is up to the library.
class Library {
public:
    /// PluginRefused when it cannot be loaded, has no entry, or was built for another version of the interface.
    static Result<Library> open(const std::string& path);

    /// A copy of what the library declares: what its own struct_size does not reach is zero. Valid as long as this object.
    const riposte_plugin& plugin() const { return plugin_; }

private:
    Library(boost::dll::shared_library library, const riposte_plugin& plugin)
        : library_(std::move(library)), plugin_(plugin) {}

    boost::dll::shared_library library_;
    riposte_plugin plugin_;
};

/// Copies what the plugin declares and checks it: names, prefixes, types, limits, UTF-8.
Result<PluginDescription> describe(const riposte_plugin& plugin);

}  // namespace riposte::guest
