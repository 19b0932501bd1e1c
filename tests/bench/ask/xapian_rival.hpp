#pragma once

#include "known_items.hpp"

#include <memory>
#include <string>
#include <vector>

namespace riposte::bench {

/// A plain Xapian index in memory: one document a page, BM25 with its defaults, English stemming, n-grams for Chinese.
class XapianRival {
public:
    explicit XapianRival(const std::vector<KnownItem>& items);
    ~XapianRival();

    /// Numbers of the items found, best first.
    std::vector<std::size_t> find(const std::string& question, std::size_t limit);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace riposte::bench
