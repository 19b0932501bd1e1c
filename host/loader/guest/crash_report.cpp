#include "loader/guest/crash_report.hpp"

#include "loader/guest/elf_image.hpp"

#include <dlfcn.h>
#include <execinfo.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

namespace riposte::guest {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;  // they write reports of their own
#else
constexpr bool sanitized = false;
#endif

constexpr int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP};
constexpr int most_frames = 48;
constexpr unsigned seconds_to_report = 2;  // a lock may be held by the thread that died

// For the handler; the instance's thread has a stack of its own for it, since its usual one may be what has overflowed.
alignas(16) std::array<char, 128 << 10> handler_stack;
std::optional<ElfImage> library;
std::string library_path;

/// One line, written at once and without allocation.
class Line {
public:
    Line& text(const char* text) {
        for (; *text != 0 && size_ + 1 < buffer_.size(); ++text) buffer_[size_++] = *text;
        return *this;
    }
    Line& hex(std::uintptr_t value, int least_digits = 1) {
        std::array<char, 20> digits{};
        std::size_t at = digits.size() - 1;
        for (; value != 0 || least_digits > 0; value >>= 4, --least_digits)
            digits[--at] = "0123456789abcdef"[value & 15];
        return text(digits.data() + at);
    }
    void write() {
        buffer_[size_++] = '\n';
        [[maybe_unused]] const auto written = ::write(STDERR_FILENO, buffer_.data(), size_);
    }

private:
    std::array<char, 512> buffer_;
    std::size_t size_ = 0;
};

const char* file_name(const char* path) {
    const char* slash = std::strrchr(path, '/');
    return slash == nullptr ? path : slash + 1;
}

/// "Weather::now+0x18 in the plugin+0x1a2b"
void write_frame(void* address) {
    Dl_info found{};
    Line line;
    line.text("  at ");
    if (::dladdr(address, &found) == 0 || found.dli_fname == nullptr)
        return line.text("0x").hex(reinterpret_cast<std::uintptr_t>(address)).write();
    const auto offset = reinterpret_cast<std::uintptr_t>(address) - reinterpret_cast<std::uintptr_t>(found.dli_fbase);
    const bool own = library && library_path == found.dli_fname;
    ElfImage::Symbol symbol;
    if (own) symbol = library->function_at(offset);
    else if (found.dli_sname != nullptr)
        symbol = {found.dli_sname,
                  reinterpret_cast<std::uintptr_t>(address) - reinterpret_cast<std::uintptr_t>(found.dli_saddr)};
    if (symbol.name != nullptr) {
        std::array<char, 256> name;
        readable_name(symbol.name, name.data(), name.size());
        line.text(name.data()).text("+0x").hex(symbol.offset).text(" in ");
    }
    line.text(own ? "the plugin" : file_name(found.dli_fname)).text("+0x").hex(offset).write();
}

void* place_of(const void* context) {
    const auto& registers = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
    return reinterpret_cast<void*>(registers.gregs[REG_RIP]);
#elif defined(__aarch64__)
    return reinterpret_cast<void*>(registers.pc);
#else
    return nullptr;
#endif
}

void write_report(int signal, const siginfo_t& info, const void* context) {
    Line first;
    const char* name = ::sigabbrev_np(signal);
    first.text("died of SIG").text(name == nullptr ? "?" : name);
    if (signal == SIGSEGV || signal == SIGBUS)
        first.text(", touching 0x").hex(reinterpret_cast<std::uintptr_t>(info.si_addr));
    first.write();
    std::array<void*, most_frames> frames;
    const int count = ::backtrace(frames.data(), most_frames);
    auto frame = std::find(frames.begin(), frames.begin() + count, place_of(context));  // before it: the handler's own
    if (frame == frames.begin() + count) frame = frames.begin();
    for (; frame != frames.begin() + count; ++frame) write_frame(*frame);
    if (!library) return;
    Line last;
    last.text("  build-id ");
    for (const auto byte : library->build_id()) last.hex(byte, 2);
    last.write();
}

void handle(int signal, siginfo_t* info, void* context) {
    std::signal(SIGALRM, SIG_DFL);
    ::alarm(seconds_to_report);
    write_report(signal, *info, context);
    // Blocked until this returns; then it ends the process as it would have without a report.
    std::signal(signal, SIG_DFL);
    ::raise(signal);
}

}  // namespace

void report_crashes() {
    if (sanitized) return;
    void* frame = nullptr;
    ::backtrace(&frame, 1);  // loads the unwinder
    stack_t stack{};
    stack.ss_sp = handler_stack.data();
    stack.ss_size = handler_stack.size();
    ::sigaltstack(&stack, nullptr);
    for (const int signal : fatal) {
        struct sigaction action {};
        action.sa_sigaction = handle;
        action.sa_flags = SA_SIGINFO | SA_ONSTACK;
        ::sigaction(signal, &action, nullptr);
    }
}

void name_functions_of(const char* path) {
    library_path = path;
    library.emplace(path);
}

}  // namespace riposte::guest
