#include "loader/setting_choices.hpp"

#include "loader/settings.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace riposte {
namespace {

namespace fs = std::filesystem;
using From = SettingChoice::From;

constexpr std::uintmax_t longest_file = 64 << 10;

/// Whether a worker may read what this setting names.
bool opens_a_path(const PluginDescription& description, const std::string& key) {
    return std::ranges::find(description.read_paths, "$" + key) != description.read_paths.end();
}

Result<SettingValue> read_file(const fs::path& file) {
    std::error_code failure;
    if (!fs::is_regular_file(file, failure))
        return invalid_value({}, "the file " + file.string() + " is not there or is no file");
    std::string text(longest_file + 1, '\0');
    std::ifstream in(file, std::ios::binary);
    if (!in) return invalid_value({}, "the file " + file.string() + " cannot be read");
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > longest_file) return invalid_value({}, "the file " + file.string() + " is longer than 64 KiB");
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    if (text.empty()) return invalid_value({}, "the file " + file.string() + " is empty");
    return SettingValue(std::move(text));
}

Result<> check_choice(const SettingSpecification& setting, const SettingChoice& choice) {
    const auto& key = setting.key;
    if (setting.type == SettingType::Secret && choice.from == From::Value)
        return invalid_value(
            key, "setting \"" + key + "\" is a secret: name the file or the variable of the environment that holds it");
    const bool several = setting.type == SettingType::TextList && choice.from == From::Value;
    if (!several && choice.texts.size() != 1) return invalid_value(key, "setting \"" + key + "\" takes one value");
    if (choice.from == From::File && !fs::path(choice.texts.front()).is_absolute())
        return invalid_value(key,
                             "setting \"" + key + "\": an absolute path, since the server works in another folder");
    return {};
}

}  // namespace

std::string source_of(const SettingChoice& choice) {
    switch (choice.from) {
        case From::File: return choice.by + ": file " + choice.texts.front();
        case From::Environment: return choice.by + ": environment " + choice.texts.front();
        case From::Value: break;
    }
    return choice.by;
}

Result<SettingChoices> with_changes(const PluginDescription& description, SettingChoices choices,
                                    const SettingChanges& changes, const std::string& by) {
    for (const auto& [key, choice] : changes) {
        const auto declared = std::ranges::find(description.settings, key, &SettingSpecification::key);
        const auto before = choices.find(key);
        if (declared == description.settings.end() && (choice || before == choices.end()))
            return no_such_setting(description, key);
        if (!choice) {
            choices.erase(key);
            continue;
        }
        if (const auto checked = check_choice(*declared, *choice); !checked) return checked.error();
        if (before != choices.end() && before->second.from == choice->from && before->second.texts == choice->texts)
            continue;
        choices[key] = *choice;
        choices[key].by = by;
    }
    return choices;
}

Result<std::vector<Setting>> read_changed(const PluginDescription& description, const PluginSettings& settings,
                                          const SettingChanges& changes) {
    auto values = settings;
    std::erase_if(values, [&](const auto& value) { return !changes.contains(value.first); });
    auto changed = description;
    std::erase_if(changed.settings, [&](const auto& setting) { return !values.contains(setting.key); });
    return read_settings(changed, values);
}

bool is_local(const PluginDescription& description, const SettingSpecification& setting) {
    return setting.type == SettingType::Secret || opens_a_path(description, setting.key);
}

Result<> check_reach(const PluginDescription& description, const SettingChanges& changes, Reach reach) {
    if (reach == Reach::Machine) return {};
    for (const auto& [key, choice] : changes)
        if (choice && (choice->from != From::Value || opens_a_path(description, key)))
            return Problem{.code = ErrorCode::NotAllowed,
                           .detail = "setting \"" + key +
                                     "\" leads to files of the server: only riposte plugin config, there, sets it",
                           .argument = key};
    return {};
}

Awaitable<Result<SettingValue>> read_choice(std::shared_ptr<asio::thread_pool> files, SettingChoice choice,
                                            SettingType type) {
    if (choice.from == From::Environment) {
        const char* value = std::getenv(choice.texts.front().c_str());
        if (value == nullptr) co_return invalid_value({}, "the server's environment has no " + choice.texts.front());
        co_return SettingValue(std::string(value));
    }
    if (choice.from == From::File) {
        auto start = [files, file = choice.texts.front()](std::function<void(Result<SettingValue>)> done) {
            asio::post(*files, [file, done = std::move(done)] { done(read_file(file)); });
        };
        auto reading = await_callback<Result<SettingValue>>(std::move(start));
        co_return co_await std::move(reading);
    }
    if (type == SettingType::TextList) co_return SettingValue(std::move(choice.texts));
    co_return SettingValue(std::move(choice.texts.front()));
}

}  // namespace riposte
