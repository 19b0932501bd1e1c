#include "loader/crash_place.hpp"
#include "loader/plugin.hpp"
#include "loader/symbolise_main.hpp"

#include <algorithm>

// Where in its sources a worker died: its last words name functions, its library may know the lines.
namespace riposte {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t lines_of_a_report = 100;
constexpr int most_looks = 20;  // the report and the death come to the host by different ways

bool ends_a_report(const PluginLogLine& line) { return line.text.find("  build-id ") != std::string::npos; }

}  // namespace

void Plugin::explain(const Generation& dead, const std::string& how) {
    if (dead.isolation() != Isolation::Worker || how.find("SIG") == how.npos || stopping_) return;
    spawn(context_.control, "explain a crash", explain_crash(dead.number(), dead.build().file));
}

Awaitable<> Plugin::explain_crash(std::int64_t generation, std::filesystem::path library) {
    const auto self = shared_from_this();
    std::vector<std::string> report;
    for (int look = 0; report.empty() && look < most_looks; ++look) {
        auto waiting = pause(context_.control, 25ms);
        co_await std::move(waiting);
        auto reading = log_->read(generation, lines_of_a_report);
        const auto lines = co_await std::move(reading);
        if (std::ranges::any_of(lines, ends_a_report))
            for (const auto& line : lines) report.push_back(line.text);
    }
    if (report.empty() || stopping_) co_return;
    const auto& options = context_.options;
    auto symbolise = [executable = options.executable, user = unprivileged_user(record_.id),
                      required = options.sandbox == SandboxPolicy::Require](const auto& file, std::uint64_t address) {
        return symbolise_confined(executable, file, address, user, required);
    };
    auto start = [pool = parts_.symbols, report = std::move(report), library = std::move(library),
                  symbolise = std::move(symbolise)](std::function<void(std::string)> done) {
        asio::post(*pool, [=] { done(crash_place(report, library, symbolise)); });
    };
    auto finding = await_callback<std::string>(std::move(start));
    const auto place = co_await std::move(finding);
    if (!place.empty()) log_->append(generation, LogSource::Host, "crashed in " + place);
}

}  // namespace riposte
