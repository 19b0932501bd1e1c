#pragma once

#include "loader/generation.hpp"

#include <memory>
#include <string>
#include <vector>

namespace riposte {

/// The copies of one plugin's library that were loaded into the host itself. When its instance has ended, a copy should be
/// gone; what is looked for here is the ones that stay: pinned by a unique symbol, a thread_local, or an abandoned thread. Each
/// has a name of its own, so what stays costs memory and never answers for a later one. [control]
class MappedCopies {
public:
    void loaded(const std::shared_ptr<Generation>& generation);
    /// Of instances that have ended; looked up now.
    std::size_t left() const;

private:
    struct Copy {
        std::string file;
        std::weak_ptr<Generation> generation;
        bool in_use() const;
    };
    std::vector<Copy> copies_;
};

}  // namespace riposte
