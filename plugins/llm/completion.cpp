#include "completion.hpp"

#include "event_stream.hpp"

#include <curl/curl.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <exception>
#include <memory>

namespace {

constexpr std::size_t longest_body = 512 * 1024;  // of an answer that is not streamed, or of an error
constexpr std::size_t longest_detail = 300;       // bytes shown of what a server says
constexpr int look_every_ms = 100;
constexpr long connecting_s = 5;

// Both handles are void pointers to C++.
struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeMulti {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::string body_of(const CompletionRequest& request) {
    rapidjson::StringBuffer text;
    rapidjson::Writer<rapidjson::StringBuffer> json(text);
    const auto string = [&](const std::string& value) {
        json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    };
    const auto message = [&](const char* role, const std::string& content) {
        json.StartObject();
        json.Key("role");
        json.String(role);
        json.Key("content");
        string(content);
        json.EndObject();
    };
    json.StartObject();
    json.Key("model");
    string(request.model);
    json.Key("stream");
    json.Bool(true);
    json.Key("messages");
    json.StartArray();
    if (!request.system.empty()) message("system", request.system);
    message("user", request.message);
    json.EndArray();
    json.EndObject();
    return text.GetString();
}

using Json = rapidjson::Document;

/// False if the text is no JSON object. Iterative: deep nesting costs memory, not the stack.
bool parse(std::string_view text, Json& json) {
    json.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(text.data(), text.size());
    return !json.HasParseError() && json.IsObject();
}

const rapidjson::Value* member(const rapidjson::Value* value, const char* name) {
    if (!value || !value->IsObject()) return nullptr;
    const auto found = value->FindMember(name);
    return found == value->MemberEnd() ? nullptr : &found->value;
}

std::string_view text_of(const rapidjson::Value* value) {
    return value && value->IsString() ? std::string_view(value->GetString(), value->GetStringLength())
                                      : std::string_view();
}

/// What a server says of an error: {"error": {"message": …}}, {"error": …}, or plain text.
std::string said(const std::string& body) {
    Json json;
    std::string text = body;
    if (parse(body, json)) {
        const auto* error = member(&json, "error");
        const std::string_view message = text_of(member(error, "message"));
        text = message.empty() ? text_of(error) : message;
    }
    for (char& c : text)
        if (c >= 0 && c < 0x20) c = ' ';
    if (text.size() <= longest_detail) return text;
    std::size_t end = longest_detail;
    while ((text[end] & 0xC0) == 0x80) --end;
    return text.substr(0, end) + "…";
}

/// One request and its answer.
class Exchange {
public:
    Exchange(const CompletionRequest& request, const std::function<void(std::string_view)>& piece)
        : request_(request), piece_(piece), body_(body_of(request)) {}

    Completion run(const std::function<bool()>& goes_on) {
        const std::unique_ptr<CURL, FreeEasy> easy(curl_easy_init());
        const std::unique_ptr<CURLM, FreeMulti> multi(curl_multi_init());
        if (!easy || !multi) return {CompletionEnd::Unreachable, "out of memory"};
        const std::unique_ptr<curl_slist, FreeList> headers(prepare(easy.get()));
        curl_multi_add_handle(multi.get(), easy.get());
        bool stopped = false;
        for (int running = 1; running > 0 && !(stopped = !goes_on());) {
            curl_multi_perform(multi.get(), &running);
            if (running > 0) curl_multi_poll(multi.get(), nullptr, 0, look_every_ms, nullptr);
        }
        int left = 0;
        const CURLMsg* message = curl_multi_info_read(multi.get(), &left);
        const CURLcode code = message ? message->data.result : CURLE_OK;
        curl_multi_remove_handle(multi.get(), easy.get());
        if (thrown_) std::rethrow_exception(thrown_);
        return stopped ? Completion{CompletionEnd::Stopped, ""} : judged(code);
    }

private:
    curl_slist* prepare(CURL* easy) {
        const std::string url = request_.url + (request_.url.ends_with('/') ? "chat/completions" : "/chat/completions");
        curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/json");
        headers = curl_slist_append(headers, "Accept: text/event-stream, application/json");
        if (!request_.key.empty())
            headers = curl_slist_append(headers, ("Authorization: Bearer " + request_.key).c_str());
        curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body_.c_str());
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(body_.size()));
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, connecting_s);
        curl_easy_setopt(easy, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);  // several threads do this at once
        curl_easy_setopt(easy, CURLOPT_USERAGENT, "riposte-llm/1.0");
        curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error_);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
        easy_ = easy;
        return headers;
    }

    static std::size_t receive(char* bytes, std::size_t, std::size_t size, void* self) {
        return static_cast<Exchange*>(self)->received_by_c({bytes, size}) ? size : 0;
    }

    /// libcurl is C: what is thrown here is thrown on when it has returned.
    bool received_by_c(std::string_view bytes) noexcept {
        try {
            return received(bytes);
        } catch (...) {
            thrown_ = std::current_exception();
            return false;
        }
    }
    bool received(std::string_view bytes) {
        if (status() == 200 && streams()) return events_.receive(bytes) && !unreadable_;
        whole_ += bytes.substr(0, longest_body - std::min(longest_body, whole_.size()));
        return true;
    }
    long status() const {
        long status = 0;
        curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
        return status;
    }
    bool streams() const {
        const char* type = nullptr;
        curl_easy_getinfo(easy_, CURLINFO_CONTENT_TYPE, &type);
        return type && std::string_view(type).starts_with("text/event-stream");
    }

    void event(std::string_view data) {
        if (data == "[DONE]") return void(done_ = true);
        Json json;
        if (!parse(data, json)) return void(unreadable_ = true);
        if (const auto* error = member(&json, "error")) {
            failed_ = true;
            const std::string_view message = text_of(member(error, "message"));
            whole_ = message.empty() ? text_of(error) : message;
            return;
        }
        choice(json, "delta");
    }

    /// True if there was one.
    bool choice(const Json& json, const char* part) {
        const auto* choices = member(&json, "choices");
        if (!choices || !choices->IsArray() || choices->Empty()) return false;
        const rapidjson::Value* first = &(*choices)[0];
        if (const std::string_view text = text_of(member(member(first, part), "content")); !text.empty()) piece_(text);
        if (const std::string_view reason = text_of(member(first, "finish_reason")); !reason.empty()) {
            done_ = true;
            cut_ = reason == "length";
        }
        return true;
    }

    Completion judged(CURLcode code) {
        const long http = status();
        if (code != CURLE_OK && (http == 0 || http == 100))
            return {CompletionEnd::Unreachable, error_[0] ? error_ : curl_easy_strerror(code)};
        if (http == 401 || http == 403) return {CompletionEnd::Refused, said(whole_)};
        if (http == 429) return {CompletionEnd::Limited, said(whole_)};
        if (http != 200) return {CompletionEnd::Failed, std::to_string(http) + " " + said(whole_)};
        if (streams()) {
            if (code == CURLE_OK) events_.finish();
            if (failed_) return {CompletionEnd::Failed, said(whole_)};
            if (unreadable_ || code == CURLE_WRITE_ERROR) return {CompletionEnd::Unreadable, ""};
            if (code != CURLE_OK || !done_) return {CompletionEnd::BrokenOff, ""};
        } else {
            Json json;
            if (code != CURLE_OK) return {CompletionEnd::BrokenOff, ""};
            if (!parse(whole_, json) || !choice(json, "message")) return {CompletionEnd::Unreadable, ""};
        }
        return {cut_ ? CompletionEnd::Cut : CompletionEnd::Whole, ""};
    }

    const CompletionRequest& request_;
    const std::function<void(std::string_view)>& piece_;
    const std::string body_;
    EventStream events_{[this](std::string_view data) { event(data); }};
    std::string whole_;  // what is not an event stream
    CURL* easy_ = nullptr;
    char error_[CURL_ERROR_SIZE] = {};
    std::exception_ptr thrown_;
    bool done_ = false;
    bool cut_ = false;
    bool failed_ = false;
    bool unreadable_ = false;
};

}  // namespace

Completion complete(const CompletionRequest& request, const std::function<void(std::string_view)>& piece,
                    const std::function<bool()>& goes_on) {
    return Exchange(request, piece).run(goes_on);
}
