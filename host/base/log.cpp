#include "base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>

namespace riposte::log {
namespace {

std::atomic<Format> chosen{Format::Text};

spdlog::level::level_enum to_spdlog(Level level) {
    switch (level) {
        case Level::Debug: return spdlog::level::debug;
        case Level::Info: return spdlog::level::info;
        case Level::Warning: return spdlog::level::warn;
        case Level::Error: return spdlog::level::err;
    }
    return spdlog::level::info;
}

void append_json(std::string& out, std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

std::string render(Format format, std::string_view event, std::initializer_list<Field> fields) {
    std::string out;
    if (format == Format::Text) {
        out = event;
        for (const auto& field : fields) {
            out.append("  ").append(field.key).append("=");
            if (field.quoted && field.text.find_first_of(" \"\n\\") != std::string::npos) append_json(out, field.text);
            else out += field.text;
        }
        return out;
    }
    append_json(out, event);
    for (const auto& field : fields) {
        out += ',';
        append_json(out, field.key);
        out += ':';
        if (field.quoted) append_json(out, field.text);
        else out += field.text;
    }
    return out;
}

}  // namespace

void start(Level lowest, Format format) {
    chosen = format;
    auto logger = std::make_shared<spdlog::logger>("riposte", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern(
        format == Format::Text ? "%H:%M:%S.%e %L %v" : R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","event":%v})",
        spdlog::pattern_time_type::utc);
    logger->set_level(to_spdlog(lowest));
    logger->flush_on(spdlog::level::debug);
    spdlog::set_default_logger(std::move(logger));
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    auto* logger = spdlog::default_logger_raw();
    if (!logger->should_log(to_spdlog(level))) return;
    logger->log(to_spdlog(level), "{}", render(chosen, event, fields));
}

}  // namespace riposte::log
