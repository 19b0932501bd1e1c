#pragma once

#include <functional>
#include <string>
#include <string_view>

/// Where to ask, and what.
struct CompletionRequest {
    std::string url;  // of the interface, without "/chat/completions"
    std::string key;  // "" = none
    std::string model;
    std::string system;  // what the model is told beforehand; "" = nothing
    std::string message;
};

/// How it ended.
enum class CompletionEnd {
    Whole,
    Cut,          // the model has reached its longest answer
    BrokenOff,    // the connection ended before the answer did
    Unreachable,  // `detail` says why
    Refused,      // 401, 403: the key
    Limited,      // 429
    Failed,       // another status; `detail` is what the server said
    Unreadable,   // not the protocol
    Stopped       // by `goes_on`
};

struct Completion {
    CompletionEnd end = CompletionEnd::Whole;
    std::string detail;
};

/// Asks for a completion and hands over each piece as it comes, on the calling thread. `goes_on` is asked ten times a
/// second; false gives up. Speaks the chat completions of the OpenAI interface, streamed or, where a server does not stream,
/// whole.
Completion complete(const CompletionRequest& request, const std::function<void(std::string_view piece)>& piece,
                    const std::function<bool()>& goes_on);
