#include "base/version.hpp"
#include "cli/verbs.hpp"
#include "config/keys.hpp"

#include <algorithm>
#include <cstdio>

namespace riposte {

int show_config(const LoadedConfig& loaded) {
    std::size_t widest = 0;
    for (const auto& setting : loaded.settings) widest = std::max(widest, setting.name.size() + setting.value.size());
    for (const auto& [name, value, source] : loaded.settings) {
        const int gap =
            static_cast<int>(std::min<std::size_t>(widest, 60)) - static_cast<int>(name.size() + value.size());
        std::printf("%s = %s%*s  # %s\n", name.c_str(), value.c_str(), std::max(gap, 0), "", source.c_str());
    }
    return 0;
}

int print_reference() {
    std::fputs(reference_page().c_str(), stdout);
    return 0;
}

int print_version() {
    std::printf("riposte %s\n", version().data());
    return 0;
}

}  // namespace riposte
