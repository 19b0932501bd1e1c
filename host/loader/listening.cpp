#include "loader/listening.hpp"

#include "loader/plugin.hpp"

#include <riposte/plugin.h>

namespace riposte {

void Listening::offer(const std::shared_ptr<Generation>& live, std::shared_ptr<const Message> message,
                      std::size_t waiting) {
    if (!live || !live->alive() || offered_.size() + under_way_ + waiting >= most_) return miss();
    const auto number = ++last_number_;
    live->send(Overhear{number, message->text});
    offered_[number] = {live->number(), std::move(message)};
}

std::shared_ptr<const Message> Listening::answered(const Generation& generation, const Listened& answer) {
    const auto found = offered_.find(answer.message);
    if (found == offered_.end() || found->second.generation != generation.number()) return nullptr;
    auto message = std::move(found->second.message);
    offered_.erase(found);
    return answer.hearing ? message : nullptr;
}

void Listening::forget(const Generation& generation) {
    missed_ += static_cast<std::int64_t>(
        std::erase_if(offered_, [&](const auto& entry) { return entry.second.generation == generation.number(); }));
}

void Plugin::hear(std::shared_ptr<const Message> message) {
    if (!build_ || (build_->description.permissions & RIPOSTE_PERMISSION_HEAR) == 0 || state_ == "disabled") return;
    if (held_ || stopping_) return listening_.miss();
    listening_.offer(live_, std::move(message), queue_.waiting());
}

void Plugin::listened(Generation& generation, Listened answer) {
    auto message = listening_.answered(generation, answer);
    if (message) spawn(context_.control, "a message heard", overheard(*answer.hearing, std::move(message)));
}

Awaitable<> Plugin::overheard(std::uint32_t hearing, std::shared_ptr<const Message> message) {
    const auto self = shared_from_this();
    listening_.begin();
    auto storing = context_.services.overheard(record_.id, hearing, std::move(message));
    const auto stored = co_await std::move(storing);
    listening_.end();
    if (!stored && stored.error().code == ErrorCode::Overloaded) listening_.miss();
}

}  // namespace riposte
