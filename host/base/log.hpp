#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <concepts>

namespace riposte::log {

enum class Level { Debug, Info, Warning, Error };
enum class Format { Text, Json };

/// One key and its value in a log line. Never a message body, password or token.
struct Field {
    std::string_view key;
    std::string text;
    bool quoted = true;

    Field(std::string_view key, std::string_view value) : key(key), text(value) {}
    Field(std::string_view key, const char* value) : key(key), text(value) {}
    Field(std::string_view key, const std::string& value) : key(key), text(value) {}
    template <class Number>
    requires std::integral<Number> || std::floating_point<Number> Field(std::string_view key, Number value)
        : key(key), text(std::to_string(value)), quoted(false) {}
};

/// Once, before any thread is started. Text where stderr is a terminal, else JSON lines, unless said.
void start(Level lowest, Format format);

/// Any thread. `event` is a short constant ("plugin refused"); everything that varies is a field.
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

inline void debug(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::Debug, event, fields);
}
inline void info(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::Info, event, fields);
}
inline void warning(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::Warning, event, fields);
}
inline void error(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::Error, event, fields);
}

}  // namespace riposte::log
