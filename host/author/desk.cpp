#include "author/desk.hpp"

#include "loader/generation.hpp"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string_view>

namespace riposte {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::hours no_deadline{24 * 365};

struct NoOwner final : Generation::Owner {
    void ended(std::shared_ptr<Call>, std::optional<ErrorCode>, std::string) override {}
    void has_room(Generation&) override {}
    void never_begun(std::vector<std::shared_ptr<Call>>) override {}
    void died(Generation&, std::string) override {}
    void asked(Generation&, FromGuest, std::shared_ptr<Call>) override {}
};

/// What it takes to look at one build.
struct Look {
    Look(const LoaderOptions& options, HostServices& services, asio::any_io_executor control)
        : context{options, services, control}, builds(options.data_directory) {}

    LoaderContext context;
    NoOwner owner;
    Builds builds;
};

Awaitable<Result<Build>> look_at(std::shared_ptr<Look> look, fs::path file) {
    auto keeping = look->builds.keep(std::move(file));
    auto build = co_await std::move(keeping);
    if (!build) co_return build.error();
    auto child = std::make_shared<Generation>(look->context, look->owner, 0, *build, Isolation::Worker);
    auto checking = child->check();
    auto description = co_await std::move(checking);
    child->kill("has been looked at");
    auto leaving = child->until_gone();
    co_await std::move(leaving);
    if (!description) co_return description.error();
    build->description = std::move(*description);
    co_return build;
}

constexpr std::string_view folder_prefix = "riposte-desk-";

/// What a desk has left behind whose process was killed, or died of a plugin in it.
void clear_away_the_dead() {
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(fs::temp_directory_path(), failure)) {
        const auto name = entry.path().filename().string();
        if (!name.starts_with(folder_prefix)) continue;
        const auto pid = std::atoi(name.c_str() + folder_prefix.size());
        if (pid > 0 && ::kill(pid, 0) != 0 && errno == ESRCH) fs::remove_all(entry.path(), failure);
    }
}

fs::path temporary_folder() {
    clear_away_the_dead();
    const auto name = std::string(folder_prefix) + std::to_string(::getpid()) + "-XXXXXX";
    std::string pattern = (fs::temp_directory_path() / name).string();
    if (::mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("cannot make a folder " + pattern + ": " + std::strerror(errno));
    // A worker of another uid passes through it to its own build and data.
    fs::permissions(pattern, fs::perms(0711));
    return pattern;
}

}  // namespace

Desk::Desk(Isolation isolation, bool patient) : folder_(temporary_folder()) {
    options.executable = fs::read_symlink("/proc/self/exe");
    // Builds come as bundled ones do: from a folder that is looked through when asked, not watched.
    options.bundled_directory = folder_ / "builds";
    options.inbox_directory = folder_ / "inbox";
    options.data_directory = folder_ / "data";
    options.isolation = isolation;
    options.grants_everything = true;
    options.probation = {.time = {}, .calls = 0};  // the author watches, and wants the build that crashed
    if (patient) options.watch.heartbeat = {};     // a debugger stops the worker
    if (patient) options.first_output = options.between_outputs = options.total = options.starting = no_deadline;
    fs::create_directories(options.bundled_directory);
    fs::create_directories(options.inbox_directory);
    thread_ = std::thread([this] { io_.run(); });
}

Desk::~Desk() {
    stop();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void Desk::stop() {
    work_.reset();
    io_.stop();
    if (thread_.joinable()) thread_.join();
}

Result<Build> Desk::examine(HostServices& services, const fs::path& library) {
    return run(look_at(std::make_shared<Look>(options, services, io_.get_executor()), library));
}

}  // namespace riposte
