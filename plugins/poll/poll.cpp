// /poll Lunch? | noodles | rice, /poll vote 1, /poll show, /poll close: one open poll a room, one vote a person.
#include "poll.hpp"

#include <riposte/plugin.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr std::size_t most_choices = 10;
constexpr int longest_text = 1000;  // characters of a question with its choices

class Polls {
public:
    static void describe(riposte::Description<Polls>& plugin) {
        plugin.about("Poll", {"Lets a room decide", "让大家投票决定"});
        plugin
            .command("/poll", &Polls::ask_or_show,
                     {"Ask the room: question | choice | choice", "发起投票：问题 | 选项 | 选项"})
            .alias("/投票")
            .rest("poll", {.summary = {"Empty shows the open poll", "留空则显示当前投票"}, .maximum = longest_text});
        plugin.command("/poll new", &Polls::ask, {"Ask the room", "发起投票"})
            .alias("/投票 新建")
            .text("question", {.summary = {"In quotes", "用引号括起来"}, .required = true, .maximum = longest_text})
            .rest("choices", {.summary = {"Words, or separated by |", "用空格或 | 分开"},
                              .required = true,
                              .maximum = longest_text});
        plugin.command("/poll vote", &Polls::vote, {"Choose, or choose anew", "投票或改票"})
            .alias("/投票 选")
            .author_only()
            .rest("choice",
                  {.summary = {"Its number or its text", "编号或内容"}, .required = true, .maximum = longest_text});
        plugin.command("/poll show", &Polls::show, {"How it stands", "当前结果"}).alias("/投票 结果");
        plugin.command("/poll close", &Polls::close, {"End it and say the result", "结束并公布结果"})
            .alias("/投票 结束");
    }

    void ask_or_show(riposte::Invocation call) {
        if (call.text("poll").empty()) return show(call);
        std::vector<std::string> given = parts(call.text("poll"));
        if (given.empty()) given.emplace_back();
        open(call, given.front(), {given.begin() + 1, given.end()});
    }

    void ask(riposte::Invocation call) { open(call, one_line(call.text("question")), parts(call.text("choices"))); }

    void vote(riposte::Invocation call) {
        std::optional<Poll> poll = opened(call);
        if (!poll) return;
        const std::optional<std::size_t> choice = chosen(*poll, call.text("choice"));
        if (!choice) return call.fail(call.words("That is none of the choices.", "没有这个选项。"));
        poll->votes[call.user().id] = *choice;
        save(call, *poll);
        call.reply(std::string(call.words("You voted for ", "你投给了：")) + "**" + poll->choices[*choice] + "**");
    }

    void show(riposte::Invocation call) {
        if (const std::optional<Poll> poll = opened(call))
            call.reply("📊 " + standing(call, *poll) +
                       std::string(call.words("\n\nVote with `/poll vote 1`", "\n\n投票请用 `/投票 选 1`")));
    }

    void close(riposte::Invocation call) {
        const std::optional<Poll> poll = opened(call);
        if (!poll) return;
        const riposte::User user = call.user();
        if (user.id != poll->author && user.role == RIPOSTE_ROLE_MEMBER && !user.administrator)
            return call.fail(
                call.words("Only who asked, or a moderator, may close it.", "只有发起人或管理员可以结束投票。"));
        call.store().erase(key(call));
        call.reply("🏁 " + standing(call, *poll));
    }

    /// Deletes what this person voted, everywhere.
    void forget_user(std::int64_t id, std::string_view) {
        riposte::Store store = host_.store();
        for (const std::string& key : store.keys("poll/")) {
            Poll poll = Poll::restored(store.text(key).value_or(""));
            if (poll.votes.erase(id)) store.set(key, poll.saved());
        }
    }

    explicit Polls(riposte::Host host) : host_(host) {}

private:
    static std::string key(const riposte::Invocation& call) { return "poll/" + std::to_string(call.room().id); }
    static void save(const riposte::Invocation& call, const Poll& poll) { call.store().set(key(call), poll.saved()); }

    void open(const riposte::Invocation& call, const std::string& question, std::vector<std::string> choices) {
        if (call.store().text(key(call)))
            return call.fail(
                call.words("A poll is open here. End it with /poll close.", "这里已有投票，请先用 /投票 结束。"));
        if (question.empty() || choices.size() < 2 || choices.size() > most_choices)
            return call.fail(call.words("A poll looks like: /poll Lunch? | noodles | rice (2 to 10 choices)",
                                        "投票这样写：/投票 午饭吃什么？ | 面 | 饭（2 到 10 个选项）"));
        const Poll poll{.author = call.user().id, .question = question, .choices = std::move(choices)};
        save(call, poll);
        show(call);
    }

    /// The room's open poll; without one, the call has failed.
    static std::optional<Poll> opened(const riposte::Invocation& call) {
        const std::optional<std::string> saved = call.store().text(key(call));
        if (saved) return Poll::restored(*saved);
        call.fail(call.words("No poll is open here. Ask one: /poll Lunch? | noodles | rice",
                             "这里没有进行中的投票。发起一个：/投票 午饭吃什么？ | 面 | 饭"));
        return std::nullopt;
    }

    static std::optional<std::size_t> chosen(const Poll& poll, std::string_view text) {
        const auto named = std::find(poll.choices.begin(), poll.choices.end(), text);
        if (named != poll.choices.end()) return static_cast<std::size_t>(named - poll.choices.begin());
        std::size_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool valid = error == std::errc{} && end == text.data() + text.size() && number - 1 < poll.choices.size();
        return valid ? std::optional(number - 1) : std::nullopt;
    }

    static std::string standing(const riposte::Invocation& call, const Poll& poll) {
        std::string text = "**" + poll.question + "**\n";
        for (std::size_t i = 0; i < poll.choices.size(); ++i)
            text += "\n" + std::to_string(i + 1) + ". " + poll.choices[i] + " — " + std::to_string(poll.votes_for(i));
        const std::size_t votes = poll.votes.size();
        const std::string_view unit = votes == 1 ? " vote" : " votes";
        return text + "\n\n" +
               (call.locale().starts_with("zh") ? "共 " + std::to_string(votes) + " 票"
                                                : std::to_string(votes) + std::string(unit));
    }

    riposte::Host host_;
};

}  // namespace

RIPOSTE_PLUGIN(Polls, "poll", "1.0.0")
