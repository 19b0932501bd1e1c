#include "loader/symbolise_main.hpp"

#include "loader/program.hpp"
#include "loader/sandbox/sandbox.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace riposte {
namespace {

constexpr const char* program = "/usr/bin/addr2line";
constexpr std::int64_t memory_bytes = 1 << 30;  // the debug information of a large plugin
constexpr rlim_t seconds = 5;
constexpr int inherited = 3;  // the library's descriptor, in addr2line

Result<> confine(const Setup& setup) {
    auto files = sandbox::FileRules::make(setup, program);
    if (!files && (setup.require_landlock || files.error().code != ErrorCode::NotSupported)) return files.error();
    const rlimit time{seconds, seconds};
    if (::setrlimit(RLIMIT_CPU, &time) != 0) return sandbox::system_problem("processor limit");
    if (auto limited = sandbox::set_limits(setup); !limited) return limited.error();
    if (auto dropped = sandbox::drop_privileges(setup); !dropped) return dropped.error();
    if (auto bound = sandbox::die_with_host(); !bound) return bound.error();
    if (files)
        if (auto enforced = files->enforce(); !enforced) return enforced.error();
    return sandbox::forbid_system_calls(false, program);
}

}  // namespace

int symbolise_main(char** words) {
    Setup setup;
    setup.library = words[1];
    setup.user = static_cast<std::uint32_t>(std::strtoul(words[3], nullptr, 10));
    setup.require_landlock = std::string_view(words[4]) == "require";
    setup.memory_bytes = memory_bytes;
    setup.files = 64;
    setup.processes = 32;
    setup.file_bytes = 1 << 20;
    // Opened before: its folder may be closed to the user that this becomes.
    const int library = ::open(words[1], O_RDONLY);
    if (const auto confined = confine(setup); !confined) {
        std::fprintf(stderr, "%s\n", confined.error().detail.c_str());
        return 1;
    }
    if (library < 0 || ::dup2(library, inherited) < 0) return 1;
    ::close_range(inherited + 1, ~0U, 0);
    const char* arguments[] = {"addr2line", "-C", "-f", "-i", "-e", "/proc/self/fd/3", words[2], nullptr};
    const char* environment[] = {"LANG=C.UTF-8", nullptr};
    ::execve(program, const_cast<char**>(arguments), const_cast<char**>(environment));
    return 127;
}

std::string symbolise_confined(const std::filesystem::path& executable, const std::filesystem::path& library,
                               std::uint64_t address, std::uint32_t user, bool require_landlock) {
    char text[20];
    std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(address));
    const auto ran = run_program({executable.string(), "worker", "symbolise", library.string(), text,
                                  std::to_string(user), require_landlock ? "require" : "best-effort"});
    return ran.status == 0 ? ran.output : std::string();
}

}  // namespace riposte
