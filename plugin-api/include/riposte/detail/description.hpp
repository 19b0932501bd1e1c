#pragma once

#include <riposte/detail/invocation.hpp>
#include <riposte/detail/options.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace riposte {

enum class Audience : std::uint32_t { Anyone, Moderator, Owner, Operator };
enum class Permission : std::uint32_t { Network = 1, Hear = 2, Post = 4 };

namespace detail {

/// The fluent words that options of a command and settings of a plugin share.
template <class Self>
class Options {
public:
    explicit Options(Keep& keep) : list_(keep) {}

    Self& integer(const char* name, const NumericOption<std::int64_t>& o = {}) { return add(RIPOSTE_INTEGER, name, o); }
    Self& number(const char* name, const NumericOption<double>& o = {}) { return add(RIPOSTE_NUMBER, name, o); }
    Self& duration(const char* name, const NumericOption<std::chrono::seconds>& o = {}) {
        return add(RIPOSTE_DURATION, name, o);
    }
    Self& text(const char* name, const TextOption& o = {}) { return add(RIPOSTE_TEXT, name, o); }
    Self& boolean(const char* name, const BooleanOption& o = {}) { return add(RIPOSTE_BOOLEAN, name, o); }
    Self& choice(const char* name, const std::vector<std::string>& choices, const PlainOption& o = {}) {
        list_.choices(list_.add(RIPOSTE_CHOICE, name, o), choices);
        return self();
    }

protected:
    template <class Given>
    Self& add(riposte_type type, const char* name, const Given& given, std::uint32_t flags = 0) {
        list_.add(type, name, given).flags |= flags;
        return self();
    }
    Self& self() { return static_cast<Self&>(*this); }
    OptionList list_;
};

}  // namespace detail

/// One command: its prefix, its options in positional order (required ones first), who may give it, who sees it.
class Command : public detail::Options<Command> {
public:
    Command(detail::Keep& keep, const char* prefix, const Words& summary) : Options(keep), keep_(keep) {
        abi_.struct_size = sizeof abi_;
        abi_.prefix = keep.text(prefix);
        abi_.summary = keep.text(summary.english);
        abi_.translations = keep.translations(summary);
    }

    Command& alias(std::string prefix) {
        aliases_.push_back(std::move(prefix));
        return *this;
    }
    /// The name of a user, the URI of a room, as call.text(name).
    Command& user(const char* name, const PlainOption& o = {}) { return add(RIPOSTE_USER, name, o); }
    Command& room(const char* name, const PlainOption& o = {}) { return add(RIPOSTE_ROOM, name, o); }
    /// The rest of the line as it stands; the last option.
    Command& rest(const char* name, const TextOption& o = {}) { return add(RIPOSTE_TEXT, name, o, RIPOSTE_REST); }

    Command& audience(Audience audience) {
        abi_.audience = static_cast<std::uint32_t>(audience);
        return *this;
    }
    /// Neither the command nor its answers are seen by anybody but its author.
    Command& author_only() {
        abi_.visibility = RIPOSTE_VISIBLE_TO_AUTHOR;
        return *this;
    }
    /// To the first output; the operator may lower it.
    Command& deadline(std::chrono::milliseconds time) {
        abi_.deadline_ms = static_cast<std::uint32_t>(time.count());
        return *this;
    }

    const riposte_command* finished() {
        abi_.aliases = keep_.texts(aliases_);
        abi_.options = list_.list();
        return &abi_;
    }

private:
    detail::Keep& keep_;
    riposte_command abi_{};
    std::vector<std::string> aliases_;
};

/// What the operator may set in [plugins.<id>]; read by host.setting<T>(name).
class Settings : public detail::Options<Settings> {
public:
    using Options::Options;

    /// A text that is masked wherever the host shows it.
    Settings& secret(const char* name, const PlainOption& o = {}) { return add(RIPOSTE_SECRET, name, o); }
    Settings& list(const char* name, const PlainOption& o = {}) { return add(RIPOSTE_TEXT_LIST, name, o); }
    const riposte_setting* const* finished() const { return list_.list(); }
};

/// What a plugin declares of itself, told to its `static void describe(Description<Plugin>&)`.
template <class Plugin>
class Description {
public:
    using Handler = std::function<riposte_result(Plugin&, const Invocation&)>;

    /// `handler`: a member of Plugin, `void(Invocation)` or `Pending(Invocation)`.
    Command& command(const char* prefix, void (Plugin::*handler)(Invocation), const Words& summary) {
        return add(prefix, summary, [handler](Plugin& plugin, const Invocation& call) -> riposte_result {
            (plugin.*handler)(call);
            return RIPOSTE_DONE;
        });
    }
    Command& command(const char* prefix, Pending (Plugin::*handler)(Invocation), const Words& summary) {
        return add(prefix, summary, [handler](Plugin& plugin, const Invocation& call) -> riposte_result {
            (plugin.*handler)(call);
            return RIPOSTE_PENDING;
        });
    }

    Settings& settings() { return settings_; }
    /// The bot's display name and what it is for.
    Description& about(const char* title, const Words& summary = {}) {
        abi_.title = keep_.text(title);
        abi_.summary = keep_.text(summary.english);
        abi_.translations = keep_.translations(summary);
        return *this;
    }
    Description& needs(Permission permission) {
        abi_.permissions |= static_cast<std::uint32_t>(permission);
        return *this;
    }
    /// An absolute path, or "$name": the path that the setting `name` holds.
    Description& reads(std::string path) {
        read_paths_.push_back(std::move(path));
        return *this;
    }
    /// Calls open at one time, pending ones included; 1 by default. Commands never overlap in any case.
    Description& calls_at_once(std::uint32_t count) {
        abi_.calls_at_once = count;
        return *this;
    }

    const Handler& handler(std::uint32_t command) const { return handlers_[command]; }
    const riposte_plugin& finished() {
        for (Command& each : commands_) pointers_.push_back(each.finished());
        pointers_.push_back(nullptr);
        abi_.commands = pointers_.data();
        abi_.settings = settings_.finished();
        abi_.read_paths = keep_.texts(read_paths_);
        return abi_;
    }

private:
    Command& add(const char* prefix, const Words& summary, Handler handler) {
        handlers_.push_back(std::move(handler));
        return commands_.emplace_back(keep_, prefix, summary);
    }

    detail::Keep keep_;
    std::deque<Command> commands_;
    std::vector<Handler> handlers_;
    std::vector<const riposte_command*> pointers_;
    Settings settings_{keep_};
    std::vector<std::string> read_paths_;
    riposte_plugin abi_{};
};

}  // namespace riposte
