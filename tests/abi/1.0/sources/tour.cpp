// What a plugin of ABI 1.0 may ask of its host, through plugin.hpp. The answers are the same as those of tour.c;
// tests/unit/loader/frozen_test.cpp knows them.
#include <riposte/plugin.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

using riposte::Invocation;

class Tour {
public:
    static void describe(riposte::Description<Tour>& plugin) {
        using riposte::Permission;
        plugin.about("The tour", "All that a plugin of ABI 1.0 may ask");
        plugin.needs(Permission::Hear).needs(Permission::Post).calls_at_once(2);
        plugin.settings().text("greeting", {.otherwise = "hello"});
        plugin.command("/tour words", &Tour::words, {"Says it again", "重复一句话"})
            .alias("/导览")
            .rest("text", {.required = true});
        plugin.command("/tour typed", &Tour::typed, "Types")
            .integer("whole", {.summary = "A digit", .required = true, .minimum = 1, .maximum = 9})
            .choice("color", {"red", "green"}, {.required = true})
            .duration("time", {.required = true})
            .number("part", {.required = true})
            .boolean("sure", {.required = true});
        plugin.command("/tour stream", &Tour::stream, "Grows").integer("up_to", {.required = true});
        plugin.command("/tour edit", &Tour::edit, "Changes");
        plugin.command("/tour alone", &Tour::alone, "For its author");
        plugin.command("/tour fail", &Tour::fail, "Fails");
        plugin.command("/tour later", &Tour::later, "Pends");
        plugin.command("/tour keep", &Tour::keep, "Keeps").rest("text", {.required = true});
        plugin.command("/tour kept", &Tour::kept, "What is kept");
        plugin.command("/tour drop", &Tour::drop, "Drops");
        plugin.command("/tour timer", &Tour::timer, "Rings").integer("ms", {.required = true});
        plugin.command("/tour call off", &Tour::call_off, "Does not ring");
        plugin.command("/tour count", &Tour::count, "Counts");
        plugin.command("/tour setting", &Tour::setting, "What is set");
        plugin.command("/tour post", &Tour::post, "Posts");
        plugin.command("/tour where", &Tour::where, "Where it is");
        plugin.command("/tour suggest", &Tour::suggested, "Suggests")
            .text("word", {.required = true, .suggests = true});
    }

    explicit Tour(riposte::Host host) : host_(host) {
        if (host.setting<std::string>("greeting") == "refuse") throw std::runtime_error("as it was told");
        host.hear(7, "tea|茶");
        host.info("the tour begins");
    }
    ~Tour() {
        if (thread_.joinable()) thread_.join();
    }

    void words(Invocation call) { call.reply(call.text("text")); }
    void typed(Invocation call) {
        std::array<char, 32> part{};
        std::snprintf(part.data(), part.size(), "%.1f", call.number("part"));
        call.reply(std::to_string(call.integer("whole")) + ", " + std::string(call.text("color")) + " is " +
                   std::to_string(call.integer("color")) + ", " + std::to_string(call.duration("time").count()) +
                   " ms, " + part.data() + ", " + (call.boolean("sure") ? "sure" : "not sure"));
    }
    void stream(Invocation call) {
        auto words = call.stream();
        for (std::int64_t i = 1; i <= call.integer("up_to") && call.wait(std::chrono::milliseconds(2)); ++i)
            words.append(std::to_string(i) + " ");
    }
    void edit(Invocation call) { call.reply("first").edit("second"); }
    void alone(Invocation call) { call.ephemeral("for you"); }
    void fail(Invocation call) { call.fail("as asked"); }
    riposte::Pending later(Invocation call) {
        if (thread_.joinable()) thread_.join();
        thread_ = std::thread([call = riposte::Call(call)] {
            call.wait(std::chrono::milliseconds(10));
            call.reply("later");
            call.finish();
        });
        return {};
    }
    void keep(Invocation call) {
        call.store().set("kept", call.text("text"));
        call.reply("kept");
    }
    void kept(Invocation call) {
        const auto value = call.store().text("kept");
        if (!value) return void(call.reply("nothing"));
        std::string words = *value + " under ";
        for (const auto& key : call.store().keys("k")) words += key + " ";
        call.reply(words);
    }
    void drop(Invocation call) {
        call.store().erase("kept");
        call.reply("dropped");
    }
    void timer(Invocation call) {
        call.after(std::chrono::milliseconds(call.integer("ms")), "tea");
        call.reply("set");
    }
    void call_off(Invocation call) {
        const auto timers = host_.timers();
        call.reply(!timers.empty() && host_.cancel_timer(timers.back().id) ? "called off" : "there is none");
    }
    void count(Invocation call) { call.reply(std::to_string(++count_)); }
    void setting(Invocation call) { call.reply(*host_.setting<std::string>("greeting")); }
    void post(Invocation call) { call.reply(host_.post(call.room().uri, "unasked") ? "posted" : "not posted"); }
    void where(Invocation call) {
        const bool all = host_.now().time_since_epoch().count() > 0 && host_.data_dir().starts_with('/') &&
                         call.id().size() == 36 && call.abi().deadline > 0;
        call.reply(std::string(call.user().name) + " in " + std::string(call.room().title) + ", " +
                   std::string(call.locale()) + ", " + std::string(call.time_zone()) + ", " +
                   (all ? "and the rest" : "and not the rest"));
    }
    void suggested(Invocation call) { call.reply(call.text("word")); }

    void on_timer(Invocation call) { call.reply("timer: " + std::string(call.payload())); }
    void on_message(Invocation call) { call.reply(std::to_string(call.hearing()) + ": " + std::string(call.line())); }
    void suggest(riposte::SuggestionRequest request) {
        request.suggest(std::string(request.typed()) + "-and-more", "longer");
    }
    void forget_user(std::int64_t, std::string_view name) {
        host_.info("forgets " + std::string(name));
        host_.store().erase("kept");
    }

    static constexpr std::uint32_t state_schema = 1;
    static constexpr std::uint32_t data_schema = 1;
    std::string save_state(std::uint32_t) const { return std::to_string(count_); }
    void restore_state(std::uint32_t, std::string_view state) {
        count_ = static_cast<unsigned>(std::stoul(std::string(state)));
    }

private:
    riposte::Host host_;
    unsigned count_ = 0;
    std::thread thread_;
};
RIPOSTE_PLUGIN(Tour, "tour", "1.0")
