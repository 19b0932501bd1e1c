// /trivia, /trivia answer Canberra, /trivia skip, /trivia stop, /trivia scores: a quiz of some questions in a room.
//
// How a round stands is state: handed over when this plugin is swapped and saved at an orderly stop. What people have
// won in all is in the key-value store, stored together with the answer that won it, and survives a crash.
#include "answers.hpp"
#include "round.hpp"

#include <riposte/plugin.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace std::chrono_literals;

constexpr auto patience = 30s;       // until anybody may skip a question
constexpr int longest_answer = 100;  // characters
constexpr std::int64_t most_questions = 20;
static_assert(questions.size() >= most_questions);

class Trivia {
public:
    static void describe(riposte::Description<Trivia>& plugin) {
        plugin.about("Trivia", {"Asks the room questions", "知识抢答"});
        plugin
            .command("/trivia", &Trivia::begin, {"Begin a quiz, or show the open question", "开始抢答，或显示当前题目"})
            .alias("/抢答")
            .integer("questions",
                     {.summary = {"How many", "题数"}, .minimum = 1, .maximum = most_questions, .otherwise = 5});
        plugin.command("/trivia answer", &Trivia::answer, {"Answer the open question", "回答当前题目"})
            .alias("/抢答 答")
            .rest(
                "answer",
                {.summary = {"The first right one wins", "先答对者得分"}, .required = true, .maximum = longest_answer});
        plugin.command("/trivia skip", &Trivia::skip, {"Tell the answer and go on", "公布答案，下一题"})
            .alias("/抢答 跳过");
        plugin.command("/trivia stop", &Trivia::stop, {"End the quiz", "结束抢答"}).alias("/抢答 结束");
        plugin.command("/trivia scores", &Trivia::scores, {"What people have won in this room", "本房间总得分"})
            .alias("/抢答 得分");
    }

    explicit Trivia(riposte::Host host) : host_(host) {}

    void begin(riposte::Invocation call) {
        if (const auto open = rounds_.find(call.room().id); open != rounds_.end())
            return void(call.reply(asked(call, open->second)));
        Round round{.number = call.store().integer(key("rounds", call)).value_or(0) + 1,
                    .host = call.user().id,
                    .length = static_cast<std::size_t>(call.integer("questions"))};
        for (const Question& question : questions) round.left.push_back(&question);
        std::shuffle(round.left.begin(), round.left.end(), random_);
        round.left.resize(round.length);
        call.store().set(key("rounds", call), round.number);
        call.store().set(key("open", call), round.number);
        ask(call, rounds_[call.room().id] = std::move(round), "");
    }

    void answer(riposte::Invocation call) {
        Round* round = opened(call);
        if (!round) return;
        if (!is_right(round->open(), call.text("answer")))
            return call.ephemeral(call.words("❌ That is not it.", "❌ 不对。"));
        const std::int64_t user = call.user().id;
        Score& score = round->scores[user];
        score.name = call.user().name;
        ++score.points;
        const std::string total = key("score", call) + "/" + std::to_string(user);
        call.store().set(total, std::to_string(points(call.store(), total) + 1) + " " + score.name);
        next(call, *round, "✅ " + score.name + ": " + solution(call, round->open()));
    }

    void skip(riposte::Invocation call) {
        Round* round = opened(call);
        if (!round) return;
        const bool waited = now() - round->asked_at >= std::chrono::milliseconds(patience).count();
        if (!waited && !leads(call, *round))
            return call.fail(call.words("Give the others half a minute first.", "请先给大家半分钟时间。"));
        next(call, *round, "⏭️ " + solution(call, round->open()));
    }

    void stop(riposte::Invocation call) {
        Round* round = opened(call);
        if (!round) return;
        if (!leads(call, *round))
            return call.fail(
                call.words("Only who began it, or a moderator, may end it.", "只有发起人或管理员可以结束抢答。"));
        finish(call, *round, "⏹️ " + solution(call, round->open()));
    }

    void scores(riposte::Invocation call) {
        const std::string prefix = key("score", call) + "/";
        Scores scores;
        for (const std::string& key : call.store().keys(prefix)) {
            const std::string value = call.store().text(key).value_or("");
            scores[std::stoll(key.substr(prefix.size()))] = {value.substr(value.find(' ') + 1),
                                                             points(call.store(), key)};
        }
        call.reply(scores.empty()
                       ? std::string(call.words("Nobody has won anything here yet.", "这里还没有人得分。"))
                       : "🏆 **" + std::string(call.words("All rounds", "总得分")) + "**\n\n" + ranking(scores));
    }

    void forget_user(std::int64_t id, std::string_view) {
        for (auto& [room, round] : rounds_) round.scores.erase(id);
        riposte::Store store = host_.store();
        for (const std::string& key : store.keys("score/"))
            if (key.ends_with("/" + std::to_string(id))) store.erase(key);
    }

    static constexpr std::uint32_t state_schema = 1;

    std::string save_state(std::uint32_t) const {
        std::ostringstream text;
        text << rounds_.size();
        for (const auto& [room, round] : rounds_) round.save(text << '\n' << room << ' ');
        return text.str();
    }

    /// After a crash the state is an older one: only rounds of which the store says that they are open go on.
    void restore_state(std::uint32_t schema, std::string_view bytes) {
        if (schema != state_schema) throw std::runtime_error("cannot read schema " + std::to_string(schema));
        std::istringstream text{std::string(bytes)};
        std::size_t count = 0;
        for (text >> count; count > 0; --count) {
            std::int64_t room = 0;
            text >> room;
            Round round = Round::restored(text);
            const auto open = host_.store().integer("open/" + std::to_string(room));
            if (open == round.number && !round.left.empty()) rounds_[room] = std::move(round);
        }
    }

private:
    static std::string key(std::string_view what, const riposte::Invocation& call) {
        return std::string(what) + "/" + std::to_string(call.room().id);
    }
    static int points(const riposte::Store& store, const std::string& key) {
        return std::atoi(store.text(key).value_or("0").c_str());
    }
    static bool leads(const riposte::Invocation& call, const Round& round) {
        const riposte::User user = call.user();
        return user.id == round.host || user.role != RIPOSTE_ROLE_MEMBER || user.administrator;
    }
    std::int64_t now() const { return host_.now().time_since_epoch().count(); }

    /// The room's open round; without one, the call has failed.
    Round* opened(const riposte::Invocation& call) {
        const auto open = rounds_.find(call.room().id);
        if (open != rounds_.end()) return &open->second;
        call.fail(call.words("No question is open here. Begin with /trivia", "这里没有进行中的抢答，请先输入 /抢答"));
        return nullptr;
    }

    static std::string solution(const riposte::Invocation& call, const Question& question) {
        return "**" + std::string(accepted(call.words(question.answer, question.chinese_answer)).front()) + "**";
    }
    static std::string asked(const riposte::Invocation& call, const Round& round) {
        return "❓ " + std::to_string(round.place()) + "/" + std::to_string(round.length) + " — **" +
               std::string(call.words(round.open().english, round.open().chinese)) + "**\n\n" +
               std::string(call.words("Answer with `/trivia answer …`", "请用 `/抢答 答 …` 回答"));
    }

    void ask(const riposte::Invocation& call, Round& round, const std::string& before) {
        round.asked_at = now();
        call.reply(before + asked(call, round));
    }
    void next(const riposte::Invocation& call, Round& round, const std::string& before) {
        if (round.left.size() == 1) return finish(call, round, before);
        round.left.erase(round.left.begin());
        ask(call, round, before + "\n\n");
    }
    void finish(const riposte::Invocation& call, const Round& round, const std::string& before) {
        const std::string standing =
            round.scores.empty() ? std::string(call.words("Nobody won.", "无人得分。")) : ranking(round.scores);
        call.reply(before + "\n\n🏁 **" + std::string(call.words("Result", "结果")) + "**\n\n" + standing);
        call.store().erase(key("open", call));
        rounds_.erase(call.room().id);
    }

    riposte::Host host_;
    std::map<std::int64_t, Round> rounds_;  // by room id
    std::random_device random_;
};

}  // namespace

RIPOSTE_PLUGIN(Trivia, "trivia", "1.0.0")
