#include "loader/worker_messages.hpp"

#include "protocol/worker_frames.hpp"

#include <array>
#include <map>
#include <tuple>
#include <utility>

// Each message is the list of its fields; one writer and one reader serve them all.
namespace riposte {
namespace {

template <class T>
constexpr std::tuple<> fields_of;

#define RIPOSTE_FIELDS(type, ...) \
    template <>                   \
    constexpr auto fields_of<type> = std::tuple(__VA_ARGS__)

RIPOSTE_FIELDS(LocalisedText, &LocalisedText::english, &LocalisedText::others);
RIPOSTE_FIELDS(OptionSpecification, &OptionSpecification::name, &OptionSpecification::type,
               &OptionSpecification::required, &OptionSpecification::rest, &OptionSpecification::summary,
               &OptionSpecification::choices, &OptionSpecification::minimum, &OptionSpecification::maximum,
               &OptionSpecification::otherwise, &OptionSpecification::suggests);
RIPOSTE_FIELDS(CommandSpecification, &CommandSpecification::plugin, &CommandSpecification::prefix,
               &CommandSpecification::aliases, &CommandSpecification::summary, &CommandSpecification::options,
               &CommandSpecification::audience, &CommandSpecification::visibility, &CommandSpecification::deadline_ms);
RIPOSTE_FIELDS(SettingSpecification, &SettingSpecification::key, &SettingSpecification::type,
               &SettingSpecification::required, &SettingSpecification::summary, &SettingSpecification::choices,
               &SettingSpecification::minimum, &SettingSpecification::maximum, &SettingSpecification::otherwise);
RIPOSTE_FIELDS(PluginDescription, &PluginDescription::id, &PluginDescription::version, &PluginDescription::title,
               &PluginDescription::summary, &PluginDescription::permissions, &PluginDescription::calls_at_once,
               &PluginDescription::state_schema, &PluginDescription::data_schema, &PluginDescription::commands,
               &PluginDescription::settings, &PluginDescription::read_paths, &PluginDescription::stays_mapped);
RIPOSTE_FIELDS(Argument, &Argument::name, &Argument::type, &Argument::text, &Argument::integer, &Argument::number,
               &Argument::boolean);
RIPOSTE_FIELDS(Setting, &Setting::key, &Setting::type, &Setting::text, &Setting::integer, &Setting::number,
               &Setting::boolean);
RIPOSTE_FIELDS(KeyValueWrite, &KeyValueWrite::key, &KeyValueWrite::value);
RIPOSTE_FIELDS(PluginTimer, &PluginTimer::id, &PluginTimer::plugin, &PluginTimer::command, &PluginTimer::room,
               &PluginTimer::user, &PluginTimer::due, &PluginTimer::payload);

RIPOSTE_FIELDS(Setup, &Setup::library, &Setup::data_directory, &Setup::readable, &Setup::check_only,
               &Setup::require_landlock, &Setup::network, &Setup::user, &Setup::memory_bytes, &Setup::files,
               &Setup::processes, &Setup::file_bytes);
RIPOSTE_FIELDS(Start, &Start::settings);
RIPOSTE_FIELDS(StartCall, &StartCall::call, &StartCall::command, &StartCall::origin, &StartCall::flags,
               &StartCall::invocation, &StartCall::prefix, &StartCall::line, &StartCall::rest_begin,
               &StartCall::arguments, &StartCall::user, &StartCall::user_name, &StartCall::user_display_name,
               &StartCall::user_role, &StartCall::room, &StartCall::room_uri, &StartCall::room_title,
               &StartCall::locale, &StartCall::time_zone, &StartCall::time_limit, &StartCall::timer, &StartCall::due,
               &StartCall::payload, &StartCall::hearing);
RIPOSTE_FIELDS(CallGone, &CallGone::call);
RIPOSTE_FIELDS(ValueAnswer, &ValueAnswer::request, &ValueAnswer::status, &ValueAnswer::value);
RIPOSTE_FIELDS(KeysAnswer, &KeysAnswer::request, &KeysAnswer::status, &KeysAnswer::keys);
RIPOSTE_FIELDS(TimersAnswer, &TimersAnswer::request, &TimersAnswer::status, &TimersAnswer::timers);
RIPOSTE_FIELDS(SaveState, &SaveState::schema);
RIPOSTE_FIELDS(RestoreState, &RestoreState::schema, &RestoreState::bytes);
RIPOSTE_FIELDS(Suggest, &Suggest::question, &Suggest::command, &Suggest::option, &Suggest::typed, &Suggest::before,
               &Suggest::user, &Suggest::user_name, &Suggest::room, &Suggest::room_uri, &Suggest::locale);
RIPOSTE_FIELDS(Overhear, &Overhear::message, &Overhear::text);
RIPOSTE_FIELDS(ForgetUser, &ForgetUser::user, &ForgetUser::name);

RIPOSTE_FIELDS(Loaded, &Loaded::description, &Loaded::layers);
RIPOSTE_FIELDS(Refused, &Refused::step, &Refused::reason);
RIPOSTE_FIELDS(SendReply, &SendReply::call, &SendReply::reply, &SendReply::visibility, &SendReply::text);
RIPOSTE_FIELDS(EditReply, &EditReply::call, &EditReply::reply, &EditReply::text);
RIPOSTE_FIELDS(AppendStream, &AppendStream::call, &AppendStream::reply, &AppendStream::text);
RIPOSTE_FIELDS(EndStream, &EndStream::call, &EndStream::reply);
RIPOSTE_FIELDS(EndCall, &EndCall::call, &EndCall::failed, &EndCall::returned, &EndCall::text);
RIPOSTE_FIELDS(Returned, &Returned::call);
RIPOSTE_FIELDS(ReadValue, &ReadValue::request, &ReadValue::call, &ReadValue::key);
RIPOSTE_FIELDS(ReadKeys, &ReadKeys::request, &ReadKeys::call, &ReadKeys::prefix);
RIPOSTE_FIELDS(WriteValue, &WriteValue::request, &WriteValue::call, &WriteValue::write);
RIPOSTE_FIELDS(SetTimer, &SetTimer::request, &SetTimer::call, &SetTimer::due, &SetTimer::payload);
RIPOSTE_FIELDS(RemoveTimer, &RemoveTimer::request, &RemoveTimer::timer);
RIPOSTE_FIELDS(ListTimers, &ListTimers::request);
RIPOSTE_FIELDS(PostMessage, &PostMessage::request, &PostMessage::room, &PostMessage::text);
RIPOSTE_FIELDS(Listened, &Listened::message, &Listened::hearing);
RIPOSTE_FIELDS(Forgot, &Forgot::user, &Forgot::status);
RIPOSTE_FIELDS(LogLine, &LogLine::call, &LogLine::level, &LogLine::text);
RIPOSTE_FIELDS(SavedState, &SavedState::status, &SavedState::schema, &SavedState::bytes);
RIPOSTE_FIELDS(SuggestedValue, &SuggestedValue::value, &SuggestedValue::description);
RIPOSTE_FIELDS(Suggested, &Suggested::question, &Suggested::values);
#undef RIPOSTE_FIELDS

// The last enumerator of each enum that travels.
constexpr OptionType last(OptionType) { return OptionType::Duration; }
constexpr SettingType last(SettingType) { return SettingType::TextList; }
constexpr Audience last(Audience) { return Audience::Operator; }
constexpr CommandVisibility last(CommandVisibility) { return CommandVisibility::Author; }

template <class T>
concept Id = std::same_as<T, UserId> || std::same_as<T, RoomId>;

struct Writer {
    FieldWriter fields;

    template <class T>
    void operator()(const T& value) {
        if constexpr (std::is_arithmetic_v<T>) fields.number(value);
        else if constexpr (std::is_enum_v<T>) fields.number(static_cast<std::underlying_type_t<T>>(value));
        else std::apply([&](auto... member) { ((*this)(value.*member), ...); }, fields_of<T>);
    }
    void operator()(const std::string& text) { fields.text(text); }
    template <class T>
    void operator()(const std::optional<T>& value) {
        fields.number(value.has_value());
        if (value) (*this)(*value);
    }
    template <class T>
    void operator()(const std::vector<T>& values) {
        fields.number(static_cast<std::uint32_t>(values.size()));
        for (const auto& value : values) (*this)(value);
    }
    void operator()(const std::map<std::string, std::string>& values) {
        fields.number(static_cast<std::uint32_t>(values.size()));
        for (const auto& [key, value] : values) (*this)(key), (*this)(value);
    }
};

struct Reader {
    FieldReader fields;

    template <class T>
    void operator()(T& value) {
        if constexpr (std::is_same_v<T, bool>) value = boolean();
        else if constexpr (std::is_arithmetic_v<T>) value = fields.number<T>();
        else if constexpr (std::is_enum_v<T>) value = enumerator<T>();
        else std::apply([&](auto... member) { ((*this)(value.*member), ...); }, fields_of<T>);
    }
    void operator()(std::string& text) { text = fields.text(); }
    template <class T>
    void operator()(std::optional<T>& value) {
        if (boolean()) (*this)(value.emplace());
    }
    template <class T>
    void operator()(std::vector<T>& values) {
        for (auto left = fields.count(); left > 0 && fields.ok(); --left) (*this)(values.emplace_back());
    }
    void operator()(std::map<std::string, std::string>& values) {
        for (auto left = fields.count(); left > 0 && fields.ok(); --left) {
            std::string key(fields.text());
            values[std::move(key)] = fields.text();
        }
    }

private:
    // Any other byte in a bool is undefined behaviour.
    bool boolean() {
        const auto byte = fields.number<std::uint8_t>();
        if (byte > 1) fields.fail();
        return byte == 1;
    }
    template <class Enum>
    Enum enumerator() {
        const auto value = static_cast<Enum>(fields.number<std::underlying_type_t<Enum>>());
        if constexpr (!Id<Enum>)
            if (value > last(Enum{})) fields.fail();
        return value;
    }
};

template <class Message>
void encode_any(const Message& message, std::string& out) {
    const auto opened = open_frame(out);
    std::visit(Writer{FieldWriter(out)}, message);
    close_frame(out, opened, static_cast<std::uint8_t>(message.index()));
}

template <class Message>
std::optional<Message> decode_any(std::uint8_t type, std::string_view payload) {
    using Decode = std::optional<Message> (*)(std::string_view);
    static constexpr auto table = []<std::size_t... index>(std::index_sequence<index...>) {
        return std::array<Decode, sizeof...(index)>{[](std::string_view payload) -> std::optional<Message> {
            Reader reader{FieldReader(payload)};
            std::variant_alternative_t<index, Message> value;
            reader(value);
            if (!reader.fields.finished()) return std::nullopt;
            return Message(std::in_place_index<index>, std::move(value));
        }...};
    }
    (std::make_index_sequence<std::variant_size_v<Message>>());
    return type < table.size() ? table[type](payload) : std::nullopt;
}

}  // namespace

void encode(const ToGuest& message, std::string& out) { encode_any(message, out); }
void encode(const FromGuest& message, std::string& out) { encode_any(message, out); }

std::optional<ToGuest> decode_to_guest(std::uint8_t type, std::string_view payload) {
    return decode_any<ToGuest>(type, payload);
}
std::optional<FromGuest> decode_from_guest(std::uint8_t type, std::string_view payload) {
    return decode_any<FromGuest>(type, payload);
}

}  // namespace riposte
