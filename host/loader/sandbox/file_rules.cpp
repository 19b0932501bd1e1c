#include "loader/sandbox/sandbox.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace riposte::sandbox {
namespace {

// Debian 12's header ends at version 2 of the interface; these came later.
constexpr std::uint64_t truncate = 1ULL << 14;        // version 3
constexpr std::uint64_t device_control = 1ULL << 15;  // version 5
struct RulesetAttributes {
    std::uint64_t files;
    std::uint64_t network;  // version 4: bind and connect of TCP
    std::uint64_t scopes;   // version 6: abstract Unix sockets, signals
};

constexpr std::uint64_t read_files = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t write_own = read_files | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
                                    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SYM |
                                    LANDLOCK_ACCESS_FS_REFER | truncate;
constexpr std::uint64_t only_on_directories = ~(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                                LANDLOCK_ACCESS_FS_EXECUTE | truncate | device_control);

/// What the dynamic linker and the C library read. What is not there is left out.
constexpr const char* system_paths[] = {"/lib",
                                        "/lib64",
                                        "/usr/lib",
                                        "/usr/lib64",
                                        "/usr/local/lib",
                                        "/etc/ld.so.cache",
                                        "/etc/localtime",
                                        "/usr/share/zoneinfo",
                                        "/usr/share/locale",
                                        "/dev/urandom"};

/// What finding a host and trusting its certificate read.
constexpr const char* network_paths[] = {
    "/etc/resolv.conf",           "/etc/hosts",    "/etc/nsswitch.conf", "/etc/gai.conf", "/etc/host.conf", "/etc/ssl",
    "/usr/share/ca-certificates", "/etc/services", "/etc/protocols"};

constexpr std::uint64_t bind_tcp = 1;
constexpr std::uint64_t connect_tcp = 2;

RulesetAttributes handled(int version, bool network) {
    std::uint64_t files = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
    if (version >= 2) files |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3) files |= truncate;
    if (version >= 5) files |= device_control;
    const std::uint64_t ports = network ? bind_tcp : bind_tcp | connect_tcp;
    return {files, version >= 4 ? ports : 0u, version >= 6 ? 3u : 0u};
}

std::size_t attributes_size(int version) { return version >= 6 ? 24 : version >= 4 ? 16 : 8; }

bool allow(int ruleset, const std::string& path, std::uint64_t access) {
    const int file = ::open(path.c_str(), O_PATH | O_CLOEXEC);
    if (file < 0) return false;
    struct stat status {};
    const bool directory = ::fstat(file, &status) == 0 && S_ISDIR(status.st_mode);
    const landlock_path_beneath_attr rule{directory ? access : access & ~only_on_directories, file};
    const bool added = ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    const int failure = errno;
    ::close(file);
    errno = failure;
    return added;
}

}  // namespace

Result<FileRules> FileRules::make(const Setup& setup, const std::string& program) {
    const auto version =
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION));
    if (version < 1) return Problem{.code = ErrorCode::NotSupported, .detail = "this kernel has no Landlock"};
    const auto attributes = handled(version, setup.network);
    FileRules rules(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, attributes_size(version), 0)),
                    version);
    if (rules.ruleset_ < 0) return system_problem("landlock");

    // A program is started through the dynamic linker, which lies among the libraries.
    const auto start = read_files | LANDLOCK_ACCESS_FS_EXECUTE;
    for (const auto* path : system_paths) allow(rules.ruleset_, path, program.empty() ? read_files : start);
    if (!program.empty() && !allow(rules.ruleset_, program, start)) return system_problem(program);
    if (setup.network)
        for (const auto* path : network_paths) allow(rules.ruleset_, path, read_files);
    allow(rules.ruleset_, "/dev/null", LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE);
    if (!allow(rules.ruleset_, setup.library, LANDLOCK_ACCESS_FS_READ_FILE)) return system_problem(setup.library);
    for (const auto& path : setup.readable)
        if (!allow(rules.ruleset_, path, read_files)) return system_problem("granted path " + path);
    if (!setup.data_directory.empty() && !allow(rules.ruleset_, setup.data_directory, write_own & attributes.files))
        return system_problem(setup.data_directory);
    return rules;
}

FileRules::FileRules(FileRules&& other) noexcept
    : ruleset_(std::exchange(other.ruleset_, -1)), version_(other.version_) {}

FileRules::~FileRules() {
    if (ruleset_ >= 0) ::close(ruleset_);
}

Result<std::string> FileRules::enforce() const {
    if (::syscall(SYS_landlock_restrict_self, ruleset_, 0) != 0) return system_problem("landlock");
    return "landlock " + std::to_string(version_);
}

}  // namespace riposte::sandbox
