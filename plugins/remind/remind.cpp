// /remind 10m tea, /remind list, /remind cancel 1: the host keeps the timers, so they survive a restart.
#include <riposte/plugin.hpp>

#include <array>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;

constexpr std::size_t most_reminders = 20;  // of one person in one room

/// "1 d 2 h", "90 s" -> "1 min 30 s", in the two largest units that matter.
std::string shown(seconds time, bool chinese) {
    static constexpr std::array<std::pair<seconds, std::pair<const char*, const char*>>, 4> units{
        {{24h, {" d", " 天"}}, {1h, {" h", " 小时"}}, {1min, {" min", " 分钟"}}, {1s, {" s", " 秒"}}}};
    std::string text;
    int parts = 0;
    for (const auto& [length, names] : units) {
        if (time < length || parts == 2) continue;
        text += (parts++ ? " " : "") + std::to_string(time / length) + (chinese ? names.second : names.first);
        time %= length;
    }
    return parts ? text : chinese ? "现在" : "now";
}

class Remind {
public:
    static void describe(riposte::Description<Remind>& plugin) {
        plugin.about("Remind", {"Reminds you in time", "到时提醒"});
        plugin.command("/remind", &Remind::remind, {"Remind me of something", "到时提醒我"})
            .alias("/提醒")
            .duration("in", {.summary = {"10m, 1h30m, 2 days", "10分钟、1h30m、2天"},
                             .required = true,
                             .minimum = 1s,
                             .maximum = std::chrono::days(366)})
            .rest("text", {.summary = {"Of what", "提醒什么"}, .required = true, .maximum = 1000});
        plugin.command("/remind list", &Remind::list, {"My reminders in this room", "我在这里的提醒"})
            .alias("/提醒 列表")
            .author_only();
        plugin.command("/remind cancel", &Remind::cancel, {"Forget one of them", "取消提醒"})
            .alias("/提醒 取消")
            .author_only()
            .integer("number", {.summary = {"As in /remind list", "见 /提醒 列表"}, .required = true, .minimum = 1});
    }

    explicit Remind(riposte::Host host) : host_(host) {}

    void remind(riposte::Invocation call) {
        if (mine(call).size() >= most_reminders)
            return call.fail(
                call.words("You have 20 reminders here; cancel one first.", "你在这里已有 20 个提醒，请先取消一个。"));
        const auto time = std::chrono::ceil<seconds>(call.duration("in"));
        call.after(time, call.text("text"));
        const bool chinese = is_chinese(call);
        call.reply(chinese ? "⏰ 好的，" + shown(time, true) + "后提醒你。"
                           : "⏰ I will remind you in " + shown(time, false) + ".");
    }

    void on_timer(riposte::Invocation call) {
        std::string text = "⏰ @" + std::string(call.user().name) + " " + std::string(call.payload());
        const auto late = std::chrono::floor<seconds>(host_.now() - call.due());
        if (call.late())
            text += is_chinese(call) ? "（晚了 " + shown(late, true) + "）" : " (" + shown(late, false) + " late)";
        call.reply(text);
    }

    void list(riposte::Invocation call) {
        std::string text;
        int number = 0;
        for (const riposte::Timer& timer : mine(call)) {
            const std::string left = shown(std::chrono::ceil<seconds>(timer.due - host_.now()), is_chinese(call));
            ++number;
            text += (number > 1 ? "\n" : "") + std::to_string(number) + ". " + left + " — " + timer.payload;
        }
        call.reply(text.empty() ? call.words("You have no reminders here.", "你在这里没有提醒。") : text);
    }

    void cancel(riposte::Invocation call) {
        const std::vector<riposte::Timer> timers = mine(call);
        const auto index = static_cast<std::size_t>(call.integer("number")) - 1;
        if (index >= timers.size() || !host_.cancel_timer(timers[index].id))
            return call.fail(
                call.words("There is no such reminder; see /remind list.", "没有这个提醒，请看 /提醒 列表。"));
        call.reply(std::string(call.words("Cancelled: ", "已取消：")) + timers[index].payload);
    }

    void forget_user(std::int64_t id, std::string_view) {
        for (const riposte::Timer& timer : host_.timers())
            if (timer.user_id == id) host_.cancel_timer(timer.id);
    }

private:
    static bool is_chinese(const riposte::Invocation& call) { return call.locale().starts_with("zh"); }

    /// This person's in this room, by due time: what is in another room stays there.
    std::vector<riposte::Timer> mine(const riposte::Invocation& call) const {
        std::vector<riposte::Timer> timers = host_.timers();
        std::erase_if(timers, [&](const riposte::Timer& timer) {
            return timer.user_id != call.user().id || timer.room_id != call.room().id;
        });
        return timers;
    }

    riposte::Host host_;
};

}  // namespace

RIPOSTE_PLUGIN(Remind, "remind", "1.0.0")
