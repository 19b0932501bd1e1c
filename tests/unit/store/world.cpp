#include "unit/store/world.hpp"

#include <stdlib.h>

namespace riposte {

void Recorder::committed(std::vector<Committed> batch) {
    std::unique_lock lock(mutex_);
    batches_.push_back(std::move(batch));
    released_.wait_for(lock, deadline, [this] { return !held_; });
}

void Recorder::hold() {
    const std::lock_guard lock(mutex_);
    held_ = true;
}

void Recorder::release() {
    const std::lock_guard lock(mutex_);
    held_ = false;
    released_.notify_all();
}

std::vector<std::vector<Committed>> Recorder::batches() const {
    const std::lock_guard lock(mutex_);
    return batches_;
}

void Recorder::clear() {
    const std::lock_guard lock(mutex_);
    batches_.clear();
}

std::string name_of(const Problem& problem) {
    const auto name = std::string(info(problem.code).name);
    return problem.code == ErrorCode::Internal ? name + ": " + problem.detail : name;
}

World::World() : store_(open_sqlite_store({.directory = folder_.path()}, recorder_)) {}

void World::restart() {
    store_.reset();
    store_ = open_sqlite_store({.directory = folder_.path()}, recorder_);
}

User World::person(const std::string& name) {
    return must(store_->create_user({.name = name, .display_name = name, .password_hash = "hash of " + name}));
}

std::string World::room(const User& owner, const std::vector<User>& others) {
    const auto room = must(store_->create_room(owner.id, {.title = "A room"}));
    for (const auto& other : others) must(store_->add_member(owner.id, room.uri, other.name));
    return room.uri;
}

std::string World::public_room(const User& owner, const std::string& title) {
    return must(store_->create_room(owner.id, {.title = title, .visibility = RoomVisibility::Public})).uri;
}

Result<Posted> World::post(NewMessage message, std::optional<AckAddress> ack) {
    auto promise = std::make_shared<std::promise<Result<Posted>>>();
    auto future = promise->get_future();
    store_->post(std::move(message), ack, [promise](Result<Posted> posted) { promise->set_value(std::move(posted)); });
    if (future.wait_for(deadline) != std::future_status::ready) throw std::runtime_error("no answer to a post in time");
    return future.get();
}

NewMessage World::message(const User& author, const std::string& room, const std::string& text) {
    return {.author = author.id, .room = room, .client_msg_id = "send-" + std::to_string(++sends_), .text = text};
}

Message World::says(const User& author, const std::string& room, const std::string& text) {
    return *must(post(message(author, room, text))).message;
}

Invocation World::commands(const User& author, const std::string& room, const std::string& text,
                           CommandVisibility visibility) {
    auto wanted = message(author, room, text);
    wanted.invocation = NewInvocation{
        .id = Uuid::make(), .plugin = "dice", .command = text.substr(0, text.find(' ')), .visibility = visibility};
    return *must(post(wanted)).invocation;
}

Result<Invocation> World::finish(Outcome outcome) {
    auto promise = std::make_shared<std::promise<Result<Invocation>>>();
    auto future = promise->get_future();
    store_->finish(std::move(outcome), [promise](Result<Invocation> ended) { promise->set_value(std::move(ended)); });
    if (future.wait_for(deadline) != std::future_status::ready) throw std::runtime_error("no answer to finish in time");
    return future.get();
}

std::vector<std::string> World::texts(const User& reader, const std::string& room) {
    std::vector<std::string> texts;
    for (const auto& message : must(store_->history(reader.id, room, {.limit = 100})).messages)
        texts.push_back(message.text);
    return texts;
}

Room World::seen(const User& user, const std::string& room) { return must(store_->room(user.id, room)); }

}  // namespace riposte
