// /chat why is the sky blue: asks a language model and streams what it says. Any server that speaks the chat completions of
// the OpenAI interface will do, one on this machine too. Needs the permission "network".
#include "answer.hpp"
#include "completion.hpp"

#include <riposte/plugin.hpp>

#include <curl/curl.h>

#include <atomic>
#include <list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace {

constexpr int longest_message = 4000;  // characters
constexpr std::uint32_t most_calls = 4;

/// What the asker reads when it did not work; "" when it did.
std::string wording(const Completion& completion, bool chinese) {
    const auto words = [&](const char* english, const char* translated) {
        return std::string(chinese ? translated : english);
    };
    const std::string detail = completion.detail.empty() ? "" : (chinese ? "：" : ": ") + completion.detail;
    switch (completion.end) {
        case CompletionEnd::Whole:
        case CompletionEnd::Cut: return "";
        case CompletionEnd::BrokenOff: return words("The answer broke off.", "回答中断了。");
        case CompletionEnd::Unreachable: return words("The model cannot be reached", "连接不上模型") + detail;
        case CompletionEnd::Refused:
            return words("The model's server refuses the key", "模型服务器拒绝了密钥") + detail;
        case CompletionEnd::Limited:
            return words("The model's server has too much to do; try later", "模型服务器太忙，请稍后再试") + detail;
        case CompletionEnd::Failed: return words("The model's server failed", "模型服务器出错") + detail;
        case CompletionEnd::Unreadable:
            return words("The model's server does not speak the protocol.", "模型服务器的回答无法识别。");
        case CompletionEnd::Stopped: return words("Interrupted; please ask again.", "已中断，请再问一次。");
    }
    return "";
}

class Llm {
public:
    static void describe(riposte::Description<Llm>& plugin) {
        plugin.about("LLM", {"Asks a language model", "向语言模型提问"});
        plugin.needs(riposte::Permission::Network).calls_at_once(most_calls);
        plugin.settings()
            .text("url",
                  {.summary = {"Of an interface with /chat/completions"}, .otherwise = "http://127.0.0.1:11434/v1"})
            .text("model", {.summary = {"As the server calls it"}, .otherwise = "llama3.2"})
            .secret("key", {.summary = {"Sent as bearer token"}})
            .text("system", {.summary = {"What the model is told beforehand"},
                             .otherwise = "You answer in a chat room. Be brief. Use the language of the question."});
        plugin.command("/chat", &Llm::chat, {"Ask the language model", "问语言模型"})
            .alias("/对话")
            .rest("message", {.summary = {"It sees this message alone", "模型只看到这一条"},
                              .required = true,
                              .maximum = longest_message});
    }

    explicit Llm(riposte::Host host) {
        asked_.url = host.setting<std::string>("url").value_or("");
        asked_.model = host.setting<std::string>("model").value_or("");
        asked_.key = host.setting<std::string>("key").value_or("");
        asked_.system = host.setting<std::string>("system").value_or("");
        if (!asked_.url.starts_with("http://") && !asked_.url.starts_with("https://"))
            throw std::runtime_error("url must begin with http:// or https://, but is \"" + asked_.url + "\"");
        if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl does not start");
    }
    ~Llm() {
        for (Worker& worker : workers_) worker.thread.join();
        curl_global_cleanup();
    }

    riposte::Pending chat(riposte::Invocation call) {
        workers_.remove_if([](Worker& worker) { return worker.over && (worker.thread.join(), true); });
        CompletionRequest request = asked_;
        request.message = call.text("message");
        Worker& worker = workers_.emplace_back();
        worker.thread = std::thread([&worker, request = std::move(request), call = riposte::Call(call),
                                     chinese = call.locale().starts_with("zh")] {
            answer(request, call, chinese);
            worker.over = true;
        });
        return {};
    }

private:
    struct Worker {
        std::thread thread;
        std::atomic<bool> over = false;
    };

    static void answer(const CompletionRequest& request, const riposte::Call& call, bool chinese) {
        try {
            Answer answer(call, chinese ? "模型还在思考……" : "The model is still thinking …");
            const Completion completion = complete(
                request, [&](std::string_view piece) { answer.add(piece); }, [&] { return answer.goes_on(); });
            answer.end(completion.end == CompletionEnd::Cut);
            std::string failure = wording(completion, chinese);
            if (failure.empty() && answer.empty()) failure = chinese ? "模型什么也没说。" : "The model said nothing.";
            if (failure.empty()) call.finish();
            else call.fail(failure);
        } catch (const std::exception& error) {
            call.fail(error.what());
        }
    }

    CompletionRequest asked_;
    std::list<Worker> workers_;  // [instance]
};

}  // namespace

RIPOSTE_PLUGIN(Llm, "llm", "1.0.0")
