// /drill crash|hang|leak|flood|slow|bad-state: the faults of a plugin, on purpose, for operators who want to see on their
// own system what people are told and what the host does. Only ever harms itself.
#include <riposte/plugin.hpp>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;

constexpr auto slow_start = 20s;  // a host waits 5 s by default

class Drill {
public:
    static void describe(riposte::Description<Drill>& plugin) {
        plugin.about("Drill", {"Lets operators practise faults", "供运维人员演练故障"});
        plugin.command("/drill", &Drill::run, {"Practise a fault of a plugin", "演练插件故障"})
            .alias("/演练")
            .audience(riposte::Audience::Operator)
            .author_only()
            .choice("fault", {"crash", "hang", "leak", "flood", "slow", "bad-state"},
                    {.summary = {"What goes wrong", "故障类型"}, .required = true})
            .integer("megabytes",
                     {.summary = {"How much to leak", "泄漏多少"}, .minimum = 1, .maximum = 4096, .otherwise = 32});
    }

    explicit Drill(riposte::Host host) : host_(host) {
        if (!taken("slow")) return;
        host_.info("drill: a slow start");
        host_.wait(slow_start);
    }

    void run(riposte::Invocation call) {
        const std::string_view fault = call.text("fault");
        call.log("drill: " + std::string(fault));
        if (fault == "crash") return crash();
        if (fault == "hang") return hang();
        if (fault == "leak") return leak(call);
        if (fault == "flood") return flood(call);
        call.store().set(fault, "next");
        call.reply(
            fault == "slow"
                ? call.words(
                      "My next start takes 20 s: `riposte plugin reload drill --force` is refused, and I serve on.",
                      "我下次启动需要 20 秒：`riposte plugin reload drill --force` 会被拒绝，我继续服务。")
                : call.words("My next build cannot read my state: `riposte plugin reload drill --force` is refused, "
                             "and I serve on.",
                             "下一个版本读不了我的状态：`riposte plugin reload drill --force` 会被拒绝，我继续服务。"));
    }

    static constexpr std::uint32_t state_schema = 1;
    std::string save_state(std::uint32_t) const { return "drill"; }
    void restore_state(std::uint32_t, std::string_view) {
        if (taken("bad-state")) throw std::runtime_error("the state is bad, as /drill bad-state asked");
    }

private:
    static void crash() { std::raise(SIGSEGV); }
    [[noreturn]] static void hang() {
        for (;;) std::this_thread::sleep_for(1h);
    }

    /// Kept for good, and touched: untouched memory costs nothing.
    void leak(const riposte::Invocation& call) {
        for (std::int64_t left = call.integer("megabytes"); left > 0; --left) {
            leaked_.push_back(std::make_unique<char[]>(1 << 20));
            std::memset(leaked_.back().get(), 1, 1 << 20);
        }
        call.reply(std::string(call.words("I now hold MB for nothing: ", "我现在白白占用（MB）：")) +
                   std::to_string(leaked_.size()));
    }

    /// Until the host says no; that fails the call.
    static void flood(const riposte::Invocation& call) {
        for (int i = 1; !call.cancelled(); ++i) call.reply(std::to_string(i));
    }

    /// Whether that fault is due now. It is so once only.
    bool taken(std::string_view fault) {
        riposte::Store store = host_.store();
        if (!store.text(fault)) return false;
        store.erase(fault);
        return true;
    }

    riposte::Host host_;
    std::vector<std::unique_ptr<char[]>> leaked_;
};

}  // namespace

RIPOSTE_PLUGIN(Drill, "drill", "1.0.0")
