#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

/// Cuts what a server sends (text/event-stream) into the data of its events, as the bytes come. Only what completions use
/// of the format: lines "data: …", ended by LF or CRLF; an event may have several, an empty line ends it.
class EventStream {
public:
    static constexpr std::size_t longest_event = 256 * 1024;  // bytes; a token is some hundred

    explicit EventStream(std::function<void(std::string_view data)> event) : event_(std::move(event)) {}

    /// False: an event is longer than allowed.
    bool receive(std::string_view bytes) {
        while (!bytes.empty()) {
            const std::size_t end = bytes.find('\n');
            line_ += bytes.substr(0, end);
            if (line_.size() + data_.size() > longest_event) return false;
            if (end == std::string_view::npos) return true;
            bytes.remove_prefix(end + 1);
            take_line();
        }
        return true;
    }
    /// The stream is over: an event without its empty line counts.
    void finish() {
        if (!line_.empty()) take_line();
        end_event();
    }

private:
    void take_line() {
        if (line_.ends_with('\r')) line_.pop_back();
        if (line_.empty()) end_event();
        if (std::string_view text = line_; text.starts_with("data:")) {
            text.remove_prefix(text.starts_with("data: ") ? 6 : 5);
            data_ += (has_data_ ? "\n" : "") + std::string(text);
            has_data_ = true;
        }
        line_.clear();
    }
    void end_event() {
        if (has_data_) event_(data_);
        has_data_ = false;
        data_.clear();
    }

    std::function<void(std::string_view)> event_;
    std::string line_;
    std::string data_;
    bool has_data_ = false;
};
