#include "loader/plugin.hpp"

#include "commands/catalogue.hpp"

#include <algorithm>
#include <set>

// Under which names a plugin's commands can be given.
namespace riposte {
namespace {

Problem bad_alias(std::string why) {
    return {.code = ErrorCode::InvalidValue, .detail = std::move(why), .argument = "alias"};
}

/// As the plugin spells it; empty when it declares no such name.
std::string as_declared(const std::vector<CommandSpecification>& commands, const std::string& name) {
    const auto wanted = normalised_prefix(name);
    for (const auto& command : commands) {
        if (normalised_prefix(command.prefix) == wanted) return command.prefix;
        for (const auto& alias : command.aliases)
            if (normalised_prefix(alias) == wanted) return alias;
    }
    return {};
}

bool has_twice(std::vector<std::string> names) {
    std::ranges::sort(names);
    return std::ranges::adjacent_find(names) != names.end();
}

}  // namespace

std::vector<CommandSpecification> renamed(std::vector<CommandSpecification> commands,
                                          const std::map<std::string, std::string>& aliases) {
    for (auto& command : commands) {
        if (const auto given = aliases.find(command.prefix); given != aliases.end()) {
            command.aliases.push_back("/" + command.plugin + ":" + command.prefix.substr(1));
            command.prefix = given->second;
        }
        for (auto& alias : command.aliases)
            if (const auto given = aliases.find(alias); given != aliases.end()) alias = given->second;
    }
    return commands;
}

std::vector<std::string> names_of(const std::vector<CommandSpecification>& commands) {
    std::vector<std::string> names;
    for (const auto& command : commands) {
        names.push_back(normalised_prefix(command.prefix));
        for (const auto& alias : command.aliases) names.push_back(normalised_prefix(alias));
    }
    return names;
}

Awaitable<Result<>> Plugin::alias(std::string prefix, std::string alias, std::string by) {
    const auto self = shared_from_this();
    if (const auto wrong = alias.empty() ? std::string() : invalid_prefix(alias); !wrong.empty())
        co_return bad_alias(alias + " " + wrong);
    auto aliases = record_.aliases;
    if (build_) {
        const auto declared = as_declared(build_->description.commands, prefix);
        if (declared.empty())
            co_return Problem{.code = ErrorCode::NotFound, .detail = record_.id + " declares no command " + prefix};
        prefix = declared;
    }
    if (alias.empty()) aliases.erase(prefix);
    else aliases[prefix] = alias;
    if (build_) {
        auto commands = renamed(build_->description.commands, aliases);
        if (const auto conflict = parts_.conflict(record_.id, commands); !conflict.empty())
            co_return bad_alias(conflict);
        if (has_twice(names_of(commands))) co_return bad_alias(alias + " is a command of the plugin itself");
        commands_ = std::move(commands);
        record_.prefixes = names_of(commands_);
    }
    record_.aliases = std::move(aliases);
    parts_.changed();
    auto saving = save();
    co_await std::move(saving);
    auto noting = note("alias", std::move(by), build_.value_or(Build{}),
                       alias.empty() ? prefix + " again" : prefix + " is called " + alias);
    co_await std::move(noting);
    co_return Result<>();
}

}  // namespace riposte
