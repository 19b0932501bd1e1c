#include "loader/generation.hpp"
#include "protocol/unicode.hpp"

#include <riposte/plugin.h>

#include <algorithm>

// What the guest of a generation says.
namespace riposte {

struct Generation::Receiver {
    Generation& self;

    void operator()(SendReply& m) const {
        if (auto call = open(m.call)) put_out(*call, call->output->reply(m.reply, m.visibility, std::move(m.text)));
    }
    void operator()(EditReply& m) const {
        if (auto call = open(m.call)) put_out(*call, call->output->edit(m.reply, std::move(m.text)));
    }
    void operator()(AppendStream& m) const {
        if (auto call = open(m.call)) put_out(*call, call->output->append(m.reply, m.text));
    }
    void operator()(EndStream& m) const {
        if (auto call = open(m.call)) put_out(*call, call->output->end_stream(m.reply));
    }
    void operator()(EndCall& m) const {
        const auto call = find(m.call);
        if (!call) return;
        const bool first = !std::exchange(call->ended, true);
        if (m.returned) call->returned = true;
        if (call->returned) self.release(call);
        const auto failure = m.failed ? std::optional(ErrorCode::PluginFailed) : std::nullopt;
        if (first) self.owner_.ended(call, failure, std::move(m.text));
        if (call->returned) self.has_room_ = true;
    }
    void operator()(Returned& m) const {
        const auto call = find(m.call);
        if (!call) return;
        call->returned = true;
        if (self.inside_ == call) self.inside_.reset();
        if (call->ended) self.release(call);
        self.advance();
        self.has_room_ = true;
    }
    void operator()(ReadValue& m) const { ask(m, m.call); }
    void operator()(ReadKeys& m) const { ask(m, m.call); }
    void operator()(WriteValue& m) const { ask(m, m.call); }
    void operator()(SetTimer& m) const { ask(m, m.call); }
    void operator()(RemoveTimer& m) const { ask(m, 0); }
    void operator()(ListTimers& m) const { ask(m, 0); }
    void operator()(PostMessage& m) const { ask(m, 0); }
    void operator()(Listened& m) const { self.owner_.listened(self, m); }
    void operator()(Forgot& m) const { self.owner_.forgot(self, m); }
    void operator()(LogLine& m) const { ask(m, m.call); }
    void operator()(Pong&) const { self.watch_.answered(); }
    void operator()(Suggested& m) const {
        const auto too_long = [](const SuggestedValue& each) {
            return each.value.size() > RIPOSTE_MAX_SUGGESTION || each.description.size() > RIPOSTE_MAX_SUGGESTION ||
                   !valid_utf8(each.value) || !valid_utf8(each.description);
        };
        if (m.values.size() > RIPOSTE_MAX_SUGGESTIONS || std::ranges::any_of(m.values, too_long))
            return self.kill("suggested more than its host allows");
        self.owner_.suggested(self, std::move(m));
    }
    /// The rest are the steps of starting and stopping.
    template <class Step>
    void operator()(Step& m) const {
        if (self.waiting_) std::exchange(self.waiting_, {})({FromGuest(std::move(m)), {}});
        else if (!self.stopping_) self.kill("broke the worker protocol: an answer to no question");
    }

private:
    /// One of which the guest speaks has begun, even if the end of the one before it is still on its way.
    std::shared_ptr<Call> find(CallNumber number) const {
        auto call = self.find(number);
        if (call && !call->begun) self.begin(call);
        return call;
    }
    std::shared_ptr<Call> open(CallNumber number) const {
        auto call = find(number);
        return call && !call->ended ? call : nullptr;
    }
    void put_out(Call& call, bool honest) const {
        if (!honest) return self.kill("put out more than its host allows");
        call.has_output = true;
        call.last_output = Clock::now();
        self.put_out_.push_back(call.output);
    }
    template <class Question>
    void ask(Question& m, CallNumber number) const {
        self.owner_.asked(self, std::move(m), number == 0 ? nullptr : open(number));
    }
};

void Generation::received(FromGuest&& message) { std::visit(Receiver{*this}, message); }

void Generation::batch_ended() {
    for (const auto& output : put_out_) output->batch_ended();
    put_out_.clear();
    if (std::exchange(has_room_, false)) owner_.has_room(*this);
}

}  // namespace riposte
