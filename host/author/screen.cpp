#include "author/screen.hpp"

#include "author/fault.hpp"

namespace riposte {

void Screen::prompt() {
    const std::lock_guard lock(mutex_);
    if (terminal_ && !prompted_ && !growing_) show_prompt();
}

void Screen::show_prompt() {
    std::fputs("> ", out_);
    std::fflush(out_);
    prompted_ = true;
    interrupted_ = false;
}

void Screen::typed(std::string_view line) {
    const std::lock_guard lock(mutex_);
    prompted_ = interrupted_ = heard_ = false;
    if (!terminal_) put(">", line);
}

/// Whatever comes does not stand behind the prompt, nor in the middle of a stream.
void Screen::begin() {
    if (prompted_) std::fputs("\r\033[K", out_);
    if (growing_) std::fputc('\n', out_);
    interrupted_ = interrupted_ || prompted_;
    prompted_ = growing_ = false;
}

/// The prompt that was there before comes again below.
void Screen::end() {
    if (interrupted_) show_prompt();
    else std::fflush(out_);
}

void Screen::flow(std::string_view text) {
    for (const char c : text) {
        std::fputc(c, out_);
        if (c == '\n') std::fputs("  ", out_);
    }
}

void Screen::put(std::string_view mark, std::string_view text) {
    begin();
    std::fwrite(mark.data(), 1, mark.size(), out_);
    std::fputc(' ', out_);
    flow(text);
    std::fputc('\n', out_);
    end();
}

void Screen::hear(const Utterance& utterance) {
    using Kind = Utterance::Kind;
    const std::lock_guard lock(mutex_);
    heard_ = true;
    if (utterance.kind == Kind::Answer) return put("<", utterance.text);
    if (utterance.kind == Kind::Ephemeral) return put("<~", utterance.text);
    if (utterance.kind == Kind::StreamEnd) {
        if (!terminal_) return put("<", utterance.text);
        begin();
        return end();
    }
    if (!terminal_) return;
    if (!growing_) {
        begin();
        std::fputs("< ", out_);
        growing_ = true;
    }
    flow(utterance.text);
    std::fflush(out_);
}

void Screen::fault(std::string_view line, const Problem& problem) {
    const std::lock_guard lock(mutex_);
    heard_ = true;
    std::string text;
    for (const auto& each : fault_lines(line, problem)) text += (text.empty() ? "" : "\n") + each;
    put("!", text);
}

void Screen::remark(std::string_view text) {
    const std::lock_guard lock(mutex_);
    put("~", text);
}

bool Screen::heard_anything() {
    const std::lock_guard lock(mutex_);
    return heard_;
}

}  // namespace riposte
