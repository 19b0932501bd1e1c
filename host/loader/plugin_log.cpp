#include "loader/plugin_log.hpp"

#include "base/clock.hpp"
#include "base/log.hpp"
#include "protocol/unicode.hpp"

#include <cstring>
#include <deque>
#include <fstream>
#include <functional>
#include <utility>

namespace riposte {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t file_bytes = 512 << 10;  // two of them: the last 5,000 lines or so
constexpr int most_lines_a_second = 500;          // a print in a loop must not cost the others
constexpr std::size_t longest_line = 4 << 10;     // as RIPOSTE_MAX_LOG

fs::path older(const fs::path& file) { return file.string() + ".1"; }

/// What a terminal would obey, and what is no UTF-8, becomes "?".
std::string harmless(std::string text) {
    if (text.size() > longest_line) text.resize(longest_line);
    const bool utf8 = valid_utf8(text);
    for (auto& c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\t') || byte == 0x7f || (byte >= 0x80 && !utf8)) c = '?';
    }
    return text;
}

void append_to(const fs::path& file, const std::string& text) {
    std::error_code failure;
    fs::create_directories(file.parent_path(), failure);
    if (fs::file_size(file, failure) + text.size() > file_bytes && !failure) fs::rename(file, older(file), failure);
    std::ofstream out(file, std::ios::app | std::ios::binary);
    out << text << '\n';
    if (!out.flush()) log::error("a plugin's log is not written", {{"file", file.string()}});
}

std::vector<PluginLogLine> read_now(const fs::path& file, std::optional<std::int64_t> generation, std::size_t limit) {
    std::deque<PluginLogLine> lines;
    for (const auto& each : {older(file), file}) {
        std::ifstream in(each, std::ios::binary);
        for (std::string text; std::getline(in, text);) {
            auto line = from_log_text(text);
            if (!line || (generation && line->generation != *generation)) continue;
            lines.push_back(std::move(*line));
            if (lines.size() > limit) lines.pop_front();
        }
    }
    return {std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end())};
}

}  // namespace

PluginLog::PluginLog(fs::path directory, const std::string& plugin, std::shared_ptr<asio::thread_pool> files)
    : file_(std::move(directory) / (plugin + ".log")), files_(std::move(files)) {}

void PluginLog::append(std::int64_t generation, LogSource source, std::string text) {
    const auto now = now_ms();
    if (now / 1000 != second_) {
        second_ = now / 1000;
        lines_ = 0;
        if (dropped_ > 0)
            write({now, generation, LogSource::Host, std::to_string(std::exchange(dropped_, 0)) + " lines dropped"});
    }
    if (++lines_ > most_lines_a_second && source != LogSource::Host) {
        ++dropped_;
        return;
    }
    write({now, generation, source, harmless(std::move(text))});
}

void PluginLog::write(const PluginLogLine& line) {
    // Not this object: were it the last to know the thread, the thread would wait for itself.
    asio::post(*files_, [file = file_, text = to_log_text(line)] { append_to(file, text); });
}

Awaitable<std::vector<PluginLogLine>> PluginLog::read(std::optional<std::int64_t> generation, std::size_t limit) {
    using Lines = std::vector<PluginLogLine>;
    auto start = [files = files_, file = file_, generation, limit](std::function<void(Lines)> done) {
        asio::post(*files, [file, generation, limit, done] { done(read_now(file, generation, limit)); });
    };
    auto wait = await_callback<Lines>(start);
    co_return co_await std::move(wait);
}

}  // namespace riposte
