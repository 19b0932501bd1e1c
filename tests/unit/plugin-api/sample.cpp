// A plugin that uses all of plugin.hpp; linked into the test.
#include <riposte/plugin.hpp>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>

using namespace std::chrono_literals;

namespace {

class Sample {
public:
    static void describe(riposte::Description<Sample>& plugin) {
        using riposte::Audience, riposte::Permission;
        plugin.about("Sample", {"Uses everything", "什么都用"}).needs(Permission::Hear).needs(Permission::Post);
        plugin.reads("/usr/share/dict").reads("$words").calls_at_once(3);
        plugin.settings()
            .text("name", {.required = true})
            .integer("limit", {.minimum = 1, .otherwise = 10})
            .list("words")
            .boolean("loud", {.otherwise = false})
            .duration("pause", {.otherwise = 90s})
            .secret("key");

        plugin.command("/greet", &Sample::greet, {"Greet", "问候"}).alias("/问候").user("who", {.required = true});
        plugin.command("/settings", &Sample::settings, "Say the settings");
        plugin.command("/words", &Sample::words, "Stream words").rest("text", {.required = true});
        plugin.command("/correct", &Sample::correct, "Edit its own reply");
        plugin.command("/whisper", &Sample::whisper, "Only for you").author_only();
        plugin.command("/aside", &Sample::aside, "An ephemeral reply beside one to the room");
        plugin.command("/save", &Sample::save, "Write").text("key").text("value").boolean("fail");
        plugin.command("/load", &Sample::load, "Read").text("key", {.suggests = true});
        plugin.command("/throw", &Sample::throw_it, "Throw").boolean("odd");
        plugin.command("/later", &Sample::later, "Answer from a thread");
        plugin.command("/remind", &Sample::remind, "Set a timer").duration("time").rest("text");
        plugin.command("/count", &Sample::count, "Count");
        plugin.command("/announce", &Sample::announce, "Post").audience(Audience::Moderator).room("room").rest("text");
        plugin.command("/large", &Sample::large, "Answer with so many bytes").integer("bytes");
        plugin.command("/nothing", &Sample::nothing, "Do nothing");
    }

    explicit Sample(riposte::Host host) : host_(host) {
        if (*host.setting<std::string>("name") == "nobody") throw std::runtime_error("nobody is no name");
        host.hear(7, "tea|茶");
        watcher_ = std::thread([this] {
            while (host_.wait(1h)) ++hours_;
        });
    }
    ~Sample() {
        watcher_.join();
        if (worker_.joinable()) worker_.join();
    }

    void greet(riposte::Invocation call) {
        call.reply(std::string(call.words("Hello ", "你好 ")) + std::string(call.text("who")) + " from " +
                   std::string(call.user().name) + " in " + std::string(call.room().uri));
    }
    void settings(riposte::Invocation call) {
        std::string words;
        for (const std::string& each :
             host_.setting<std::vector<std::string>>("words").value_or(std::vector<std::string>{}))
            words += each + ",";
        call.reply(*host_.setting<std::string>("name") + " " + std::to_string(*host_.setting<int>("limit")) + " " +
                   words + (*host_.setting<bool>("loud") ? " loud " : " quiet ") +
                   std::to_string(host_.setting<std::chrono::seconds>("pause")->count()) +
                   (host_.setting<std::string>("key") ? " key" : " no key"));
    }
    void words(riposte::Invocation call) {
        riposte::Stream message = call.stream();
        const std::string text(call.text("text"));
        for (std::size_t i = 0; i < text.size() && call.wait(2s); ++i) message.append(text.substr(i, 1));
    }
    void correct(riposte::Invocation call) { call.reply("wrogn").edit("wrong"); }
    void whisper(riposte::Invocation call) { call.reply("psst"); }
    void aside(riposte::Invocation call) {
        call.reply("all");
        call.ephemeral("you");
    }
    void save(riposte::Invocation call) {
        call.store().set(call.text("key"), call.text("value"));
        call.reply(call.store().text(call.text("key")).value_or("none"));
        if (call.boolean("fail")) throw std::runtime_error("after the write");
    }
    void load(riposte::Invocation call) {
        if (call.has("key")) call.reply(call.store().text(call.text("key")).value_or("none"));
        else
            for (const std::string& key : host_.store().keys()) call.reply(key);
    }
    void suggest(riposte::SuggestionRequest request) {
        for (const std::string& key : host_.store().keys(request.typed())) request.suggest(key);
    }
    void throw_it(riposte::Invocation call) {
        if (call.boolean("odd")) throw 42;
        throw std::runtime_error("thrown");
    }
    riposte::Pending later(riposte::Invocation call) {
        if (worker_.joinable()) worker_.join();
        worker_ = std::thread([call = riposte::Call(call)] {
            call.reply("later");
            call.finish();
            call.reply("too late");
        });
        return {};
    }
    void remind(riposte::Invocation call) { call.after(call.duration("time"), call.text("text")); }
    void on_timer(riposte::Invocation call) {
        call.reply(std::string(call.user().name) + ": " + std::string(call.payload()) + (call.late() ? " (late)" : ""));
    }
    void on_message(riposte::Invocation call) { call.reply("heard " + std::to_string(call.hearing())); }
    void count(riposte::Invocation call) { call.reply(std::to_string(++count_)); }
    void announce(riposte::Invocation call) { host_.post(call.text("room"), call.text("text")); }
    void large(riposte::Invocation call) {
        call.reply(std::string(static_cast<std::size_t>(call.integer("bytes")), 'x'));
    }
    void nothing(riposte::Invocation) {}
    void forget_user(std::int64_t id, std::string_view name) {
        host_.store().set("forgotten", std::string(name) + " " + std::to_string(id));
    }

    static constexpr std::uint32_t state_schema = 3;
    static constexpr std::uint32_t data_schema = 5;
    std::string save_state(std::uint32_t) const { return std::to_string(count_); }
    void restore_state(std::uint32_t, std::string_view bytes) { count_ = std::stoi(std::string(bytes)); }

private:
    riposte::Host host_;
    std::atomic<int> hours_ = 0;
    int count_ = 0;
    std::thread watcher_;
    std::thread worker_;
};

}  // namespace

RIPOSTE_PLUGIN(Sample, "sample", "1.2.3")
