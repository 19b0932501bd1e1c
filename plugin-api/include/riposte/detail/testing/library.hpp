#pragma once

#include <riposte/plugin.h>

#include <dlfcn.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace riposte::testing {

/// The plugin does not go live; what() says why.
class Refused : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A loaded plugin: an entry, and the library in which it stands if it is not linked into the test.
class Library {
public:
    explicit Library(const riposte_entry& entry) : entry_(&entry) { check(); }
    explicit Library(const std::string& path) : handle_(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL), close) {
        if (!handle_) throw Refused(dlerror());
        entry_ = static_cast<const riposte_entry*>(dlsym(handle_.get(), "riposte_plugin_entry"));
        if (!entry_) throw Refused(path + " exports no riposte_plugin_entry");
        check();
    }

    const riposte_plugin& plugin() const { return *entry_->plugin; }

private:
    static void close(void* handle) {
        if (handle) dlclose(handle);
    }
    void check() const {
        if (entry_->abi_major != RIPOSTE_ABI_MAJOR || entry_->abi_minor > RIPOSTE_ABI_MINOR)
            throw Refused("the plugin speaks another ABI");
        if (!entry_->plugin) throw Refused("the entry has no plugin");
    }

    std::shared_ptr<void> handle_;
    const riposte_entry* entry_ = nullptr;
};

}  // namespace riposte::testing
