#include "operator/status.hpp"

#include <algorithm>

namespace riposte {
namespace {

/// The smallest value that `percent` of the sorted values do not pass.
std::int64_t percentile(const std::vector<std::int64_t>& sorted, std::size_t percent) {
    if (sorted.empty()) return 0;
    return sorted[(sorted.size() * percent + 99) / 100 - 1];
}

}  // namespace

CommandTiming timing_of(std::vector<std::int64_t> times, std::int64_t failed) {
    std::sort(times.begin(), times.end());
    return {.ended = static_cast<std::int64_t>(times.size()),
            .failed = failed,
            .p50_ms = percentile(times, 50),
            .p99_ms = percentile(times, 99)};
}

}  // namespace riposte
