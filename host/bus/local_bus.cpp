#include "bus/bus.hpp"

#include "bus/batch_builder.hpp"

#include <utility>

namespace riposte {
namespace {

/// Within one process: every subscriber gets the same immutable delivery.
class LocalBus final : public Bus {
public:
    void subscribe(Subscriber subscriber) override { subscribers_.push_back(std::move(subscriber)); }

    void listen(std::function<void(Overheard)> listener) override { listener_ = std::move(listener); }

    void committed(std::vector<Committed> batch) override {
        BatchBuilder builder;
        for (auto& entry : batch) {
            if (auto* overheard = std::get_if<Overheard>(&entry)) tell_listener(std::move(*overheard));
            else builder.add(std::move(entry));
        }
        publish(builder.take());
    }

    void to_room(RoomId room, std::string line) override { publish_one(transient(room, std::move(line))); }

    void stream_grown(RoomId room, MessageId message, std::string line, std::string text) override {
        publish_one(StreamGrown{message, std::make_shared<const std::string>(std::move(text)),
                                transient(room, std::move(line))});
    }
    void stream_ended(MessageId message) override { publish_one(StreamEnded{message}); }

    void to_user(UserId user, std::string line) override { publish_one(UserLine{user, std::move(line)}); }
    void to_everyone(std::string line) override { publish_one(EveryoneLine{std::move(line)}); }

    void to_socket(Ack refusal) override {
        std::vector<Committed> one;
        one.emplace_back(std::move(refusal));
        committed(std::move(one));
    }

private:
    void tell_listener(Overheard overheard) {
        if (listener_) listener_(std::move(overheard));
    }

    static RoomLines transient(RoomId room, std::string line) {
        line += '\n';
        return {room, std::make_shared<const std::string>(std::move(line)), 0, 0};
    }

    void publish_one(DeliveryItem item) {
        Delivery delivery;
        delivery.items.push_back(std::move(item));
        publish(std::move(delivery));
    }

    void publish(Delivery delivery) {
        const auto shared = std::make_shared<const Delivery>(std::move(delivery));
        for (const auto& subscriber : subscribers_) subscriber(shared);
    }

    std::vector<Subscriber> subscribers_;
    std::function<void(Overheard)> listener_;
};

}  // namespace

std::unique_ptr<Bus> make_local_bus() { return std::make_unique<LocalBus>(); }

}  // namespace riposte
