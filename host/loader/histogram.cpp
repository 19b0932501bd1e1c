#include "loader/histogram.hpp"

#include <algorithm>
#include <cmath>

namespace riposte {

void Histogram::add(std::chrono::nanoseconds time) {
    const double microseconds = std::max(1.0, static_cast<double>(time.count()) / 1000);
    const auto bucket = static_cast<std::size_t>(std::log2(microseconds) * steps);
    ++buckets_[std::min(bucket, buckets_.size() - 1)];
    ++count_;
}

double Histogram::quantile(double share) const {
    const auto wanted = share * static_cast<double>(count_);
    double seen = 0;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        seen += buckets_[i];
        if (seen > 0 && seen >= wanted) return std::exp2((static_cast<double>(i) + 0.5) / steps) / 1000;
    }
    return 0;
}

}  // namespace riposte
