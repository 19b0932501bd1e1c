#pragma once

#include <riposte/plugin.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// What a model says, put out as a message that grows, or several when it is long. Tells the asker now and then that
/// something is still to come: a host ends a call that puts nothing out for 10 s at first, and for 30 s later.
class Answer {
public:
    Answer(riposte::Call call, std::string still_thinking) : call_(call), still_thinking_(std::move(still_thinking)) {}

    /// Whole characters.
    void add(std::string_view text) {
        std::string clean = printable(text);
        while (!clean.empty() && messages_ <= most_messages) {
            if (!stream_ || size_ == longest_message) begin();
            if (messages_ > most_messages) return;
            std::size_t room = std::min(clean.size(), longest_message - size_);
            while (room > 0 && room < clean.size() && (clean[room] & 0xC0) == 0x80) --room;
            if (room == 0) {  // not one more character fits
                size_ = longest_message;
                continue;
            }
            stream_->append(clean.substr(0, room));
            size_ += room;
            clean.erase(0, room);
            last_ = Clock::now();
        }
    }

    /// False when the call is over, or the plugin is about to end.
    bool goes_on() {
        const auto now = Clock::now();
        if (now - last_ > (signs_ == 0 ? first_sign : next_sign)) {
            last_ = now;
            ++signs_;
            call_.ephemeral(still_thinking_);
        }
        return !call_.cancelled();
    }

    void end(bool cut) {
        if (stream_ && cut && size_ + 4 <= longest_message + 100) stream_->append(" …");
        stream_.reset();
    }
    bool empty() const { return messages_ == 0; }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr std::size_t longest_message = 15'000;  // bytes; RIPOSTE_MAX_REPLY is a little more
    static constexpr int most_messages = 4;
    static constexpr std::chrono::seconds first_sign{7};
    static constexpr std::chrono::seconds next_sign{20};

    void begin() {
        stream_.reset();
        if (++messages_ > most_messages) return;
        stream_.emplace(call_.stream());
        size_ = 0;
    }

    /// Without what no message may contain.
    static std::string printable(std::string_view text) {
        std::string clean(text);
        std::erase_if(clean, [](char c) { return (c >= 0 && c < 0x20 && c != '\n' && c != '\t') || c == 0x7f; });
        return clean;
    }

    riposte::Call call_;
    std::string still_thinking_;
    std::optional<riposte::Stream> stream_;
    std::size_t size_ = 0;
    int messages_ = 0;
    int signs_ = 0;
    Clock::time_point last_ = Clock::now();
};
