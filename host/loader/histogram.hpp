#pragma once

#include <array>
#include <chrono>
#include <cstdint>

namespace riposte {

/// How long things took, in buckets 4 % wide, up to an hour; constant memory.
class Histogram {
public:
    void add(std::chrono::nanoseconds time);
    /// Milliseconds below which this share (0 to 1) of all lies; 0 when there are none.
    double quantile(double share) const;
    std::int64_t count() const { return count_; }

private:
    static constexpr std::size_t steps = 16;  // per doubling
    static constexpr std::size_t doublings = 32;

    std::array<std::uint32_t, steps * doublings> buckets_{};
    std::int64_t count_ = 0;
};

}  // namespace riposte
