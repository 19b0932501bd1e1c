#pragma once

namespace riposte::guest {

/// From now on a fatal signal of this process first writes to stderr what it was, where, and the functions on the stack of
/// its thread. Call once, before the sandbox is locked: what it needs is loaded here.
void report_crashes();

/// The library whose functions are named, hidden ones too; `path` as the dynamic linker knows it. Call after it is loaded.
void name_functions_of(const char* path);

}  // namespace riposte::guest
