#include "loader/mapped_copies.hpp"

#include <link.h>

#include <algorithm>
#include <set>

namespace riposte {
namespace {

int add_name(dl_phdr_info* info, std::size_t, void* names) {
    if (info->dlpi_name != nullptr) static_cast<std::set<std::string>*>(names)->insert(info->dlpi_name);
    return 0;
}

std::set<std::string> mapped_files() {
    std::set<std::string> names;
    ::dl_iterate_phdr(add_name, &names);
    return names;
}

}  // namespace

bool MappedCopies::Copy::in_use() const {
    const auto held = generation.lock();
    return held && held->runs();
}

void MappedCopies::loaded(const std::shared_ptr<Generation>& generation) {
    const auto mapped = mapped_files();
    std::erase_if(copies_, [&](const Copy& copy) { return !copy.in_use() && !mapped.contains(copy.file); });
    copies_.push_back({generation->build().file.string(), generation});
}

std::size_t MappedCopies::left() const {
    if (copies_.empty()) return 0;
    const auto mapped = mapped_files();
    return static_cast<std::size_t>(
        std::ranges::count_if(copies_, [&](const Copy& copy) { return !copy.in_use() && mapped.contains(copy.file); }));
}

}  // namespace riposte
