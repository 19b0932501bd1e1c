#include "loader/key_values.hpp"

#include <set>

namespace riposte {

Awaitable<Result<std::optional<std::string>>> KeyValues::read(std::string key, std::vector<KeyValueWrite> own) {
    for (auto write = own.rbegin(); write != own.rend(); ++write)
        if (write->key == key) co_return write->value;
    if (const auto found = on_the_way_.find(key); found != on_the_way_.end()) co_return found->second.value;
    auto stored = context_.services.key_value(plugin_, key);
    auto value = co_await std::move(stored);
    // What was sent while we read may be newer than what was read.
    if (const auto found = on_the_way_.find(key); found != on_the_way_.end()) co_return found->second.value;
    co_return value;
}

Awaitable<Result<std::vector<std::string>>> KeyValues::keys(std::string prefix, int limit,
                                                            std::vector<KeyValueWrite> own) {
    // Those on their way may erase some of what is stored.
    const auto before = on_the_way_;
    const auto more = static_cast<int>(before.size() + own.size());
    auto stored = context_.services.keys(plugin_, prefix, limit + 1 + more);
    auto keys = co_await std::move(stored);
    if (!keys) co_return keys.error();
    std::set<std::string> merged(keys->begin(), keys->end());
    const auto apply = [&](const std::string& key, const std::optional<std::string>& value) {
        if (!key.starts_with(prefix)) return;
        if (value) merged.insert(key);
        else merged.erase(key);
    };
    for (const auto& [key, write] : before) apply(key, write.value);
    for (const auto& [key, write] : on_the_way_) apply(key, write.value);
    for (const auto& write : own) apply(write.key, write.value);
    std::vector<std::string> listed(merged.begin(), merged.end());
    if (listed.size() > static_cast<std::size_t>(limit) + 1) listed.resize(static_cast<std::size_t>(limit) + 1);
    co_return listed;
}

Awaitable<Result<>> KeyValues::write(KeyValueWrite write) {
    const std::vector<KeyValueWrite> writes{std::move(write)};
    sent(writes);
    auto storing = context_.services.write_key_values(plugin_, writes);
    const auto stored = co_await std::move(storing);
    settled(writes);
    co_return stored;
}

void KeyValues::sent(const std::vector<KeyValueWrite>& writes) {
    for (const auto& write : writes) {
        auto& entry = on_the_way_[write.key];
        entry.value = write.value;
        ++entry.writes;
    }
}

void KeyValues::settled(const std::vector<KeyValueWrite>& writes) {
    for (const auto& write : writes) {
        const auto found = on_the_way_.find(write.key);
        if (found != on_the_way_.end() && --found->second.writes == 0) on_the_way_.erase(found);
    }
}

}  // namespace riposte
