#pragma once

#include "base/result.hpp"
#include "loader/worker_messages.hpp"

#include <memory>
#include <string>
#include <vector>

// A worker locks itself up before it loads anything of the plugin's. Each layer stands in its own source; all are called
// once, in a process of one thread. A Problem's detail says what failed, for the operator.
namespace riposte::sandbox {

/// All layers in their order. Returns those in force: "limits, uid 1879052711, landlock 7, seccomp".
Result<std::string> lock_up(const Setup& setup);

/// Memory, open files, file size, core dumps; with an own uid also the number of threads; nice 10; no new privileges.
Result<> set_limits(const Setup& setup);

/// As root: becomes `setup.user`, without any capability. Where that user could not reach one of `needed` (a closed
/// folder above it), the capability to search and read stays, which the file rules then confine to those same paths.
/// Returns "" when not started as root.
Result<std::string> drop_privileges(const Setup& setup);

/// Ends this process when the thread of the host that started it ends. After drop_privileges(), which undoes it.
Result<> die_with_host();

/// The files that may be opened. Made with the rights of the host, so that it can name them; put in force afterwards.
class FileRules {
public:
    /// NotSupported when the kernel has no Landlock.
    static Result<FileRules> make(const Setup& setup) { return make(setup, {}); }
    /// `program`, which may be started, too.
    static Result<FileRules> make(const Setup& setup, const std::string& program);
    FileRules(FileRules&& other) noexcept;
    FileRules& operator=(FileRules&&) = delete;
    ~FileRules();

    /// "landlock 7"
    Result<std::string> enforce() const;

private:
    FileRules(int ruleset, int version) : ruleset_(ruleset), version_(version) {}

    int ruleset_;
    int version_;
};

/// No sockets, no new processes, no programs, no signals or debugging of others, nothing that administers a machine. With
/// `network`, sockets of the Internet that call out: never one that listens, and none of this machine's own kinds (by a
/// Unix socket the host knows its operator). `program` is one that may be started all the same, by this very pointer: what
/// it becomes cannot start another.
Result<> forbid_system_calls(bool network, const char* program = nullptr);

/// The problem with what the system said: "landlock: Permission denied".
Problem system_problem(const std::string& what);

}  // namespace riposte::sandbox
