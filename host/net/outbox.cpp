#include "net/outbox.hpp"

#include <cstddef>
#include <utility>

namespace riposte {
namespace {

/// Places of what has been taken that are kept until half of the vector is such: a socket that is never quite empty
/// must not grow, and moving the rest on each take would cost too much.
constexpr std::size_t longest_gone = 256;

}  // namespace

bool Outbox::push(std::shared_ptr<const std::string> lines) {
    if (bytes_ + lines->size() > capacity_) return false;
    bytes_ += lines->size();
    waiting_.push_back(std::move(lines));
    return true;
}

std::shared_ptr<const std::string> Outbox::take_frame() {
    auto first = take();
    if (empty() || first->size() + waiting_[head_]->size() > frame_bytes) return first;

    auto frame = std::make_shared<std::string>(*first);
    while (!empty() && frame->size() + waiting_[head_]->size() <= frame_bytes) frame->append(*take());
    return frame;
}

void Outbox::clear() {
    waiting_ = {};
    head_ = 0;
    bytes_ = 0;
}

std::shared_ptr<const std::string> Outbox::take() {
    auto lines = std::move(waiting_[head_++]);
    bytes_ -= lines->size();
    if (empty() || (head_ >= longest_gone && head_ * 2 >= waiting_.size())) {
        waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(head_));
        head_ = 0;
    }
    return lines;
}

}  // namespace riposte
