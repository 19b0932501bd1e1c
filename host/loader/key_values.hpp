#pragma once

#include "loader/loader_context.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace riposte {

/// One plugin's view of its key-value store. Writes of a call that has ended as done are seen at once, though the
/// transaction that stores them may still be on its way. [control]
class KeyValues {
public:
    KeyValues(LoaderContext& context, std::string plugin) : context_(context), plugin_(std::move(plugin)) {}

    /// `own`: what the asking call has written itself.
    Awaitable<Result<std::optional<std::string>>> read(std::string key, std::vector<KeyValueWrite> own);
    /// Keys with a prefix in byte order, one more than `limit` at most.
    Awaitable<Result<std::vector<std::string>>> keys(std::string prefix, int limit, std::vector<KeyValueWrite> own);
    Awaitable<Result<>> write(KeyValueWrite write);

    /// Writes that are on their way to the store, from now until settled().
    void sent(const std::vector<KeyValueWrite>& writes);
    void settled(const std::vector<KeyValueWrite>& writes);

private:
    struct OnTheWay {
        std::optional<std::string> value;
        int writes = 0;
    };

    LoaderContext& context_;
    std::string plugin_;
    std::map<std::string, OnTheWay> on_the_way_;
};

}  // namespace riposte
