#include "loader/plugin.hpp"
#include "loader/setting_choices.hpp"
#include "loader/settings.hpp"

#include <algorithm>

// What the operator sets of a plugin while it serves.
namespace riposte {
namespace {

const std::string hidden = "(hidden)";

SettingView as_declared(const PluginDescription& description, const SettingSpecification& setting) {
    SettingView view;
    view.key = setting.key;
    view.type = to_string(setting.type);
    view.summary = setting.summary;
    view.required = setting.required;
    view.local = is_local(description, setting);
    view.choices = setting.choices;
    view.minimum = setting.minimum;
    view.maximum = setting.maximum;
    return view;
}

SettingStand as_configured(const LoaderOptions& options, const std::string& plugin,
                           const SettingSpecification& setting) {
    const auto configured = options.settings.find(plugin);
    const auto origins = options.origins.find(plugin);
    SettingStand stand;
    bool masked = setting.type == SettingType::Secret;
    if (configured != options.settings.end() && configured->second.contains(setting.key)) {
        stand.values = spelled(configured->second.at(setting.key));
        stand.source = "configuration";
        if (origins != options.origins.end() && origins->second.contains(setting.key)) {
            stand.source = origins->second.at(setting.key).place;
            masked = masked || origins->second.at(setting.key).hidden;
        }
    } else {
        stand.source = "default";
        if (!setting.otherwise.empty()) stand.values = {setting.otherwise};
    }
    if (masked && !stand.values.empty()) stand.values = {hidden};
    return stand;
}

SettingStand as_chosen(const SettingSpecification& setting, const SettingChoice& choice) {
    const bool masked = setting.type == SettingType::Secret || choice.from != SettingChoice::From::Value;
    SettingStand stand;
    stand.values = masked ? std::vector{hidden} : choice.texts;
    stand.source = source_of(choice);
    return stand;
}

std::string keys_of(const SettingChanges& changes) {
    std::string keys;
    for (const auto& [key, choice] : changes) keys += (keys.empty() ? "" : ", ") + key;
    return keys;
}

}  // namespace

bool Plugin::wants_settings() const { return record_.reason.find(" refused: settings: ") != std::string::npos; }

std::vector<SettingView> Plugin::settings(const PluginDescription& description) const {
    std::vector<SettingView> all;
    for (const auto& setting : description.settings) {
        auto view = as_declared(description, setting);
        view.in_force = as_configured(context_.options, record_.id, setting);
        if (const auto choice = record_.settings.find(setting.key); choice != record_.settings.end()) {
            view.configured = std::move(view.in_force);
            view.in_force = as_chosen(setting, choice->second);
        }
        all.push_back(std::move(view));
    }
    return all;
}

/// The configuration's values, with the operator's choices before them. A choice for what this build does not declare waits
/// for one that does.
Awaitable<Result<PluginSettings>> Plugin::settings_in_force(const PluginDescription& description,
                                                            SettingChoices choices) {
    const auto configured = context_.options.settings.find(record_.id);
    auto settings = configured == context_.options.settings.end() ? PluginSettings() : configured->second;
    for (const auto& [key, choice] : choices) {
        const auto declared = std::ranges::find(description.settings, key, &SettingSpecification::key);
        if (declared == description.settings.end()) continue;
        auto reading = read_choice(parts_.builds.files_thread(), choice, declared->type);
        auto value = co_await std::move(reading);
        if (!value)
            co_return Problem{.code = ErrorCode::InvalidValue,
                              .detail = "setting \"" + key + "\": " + value.error().detail,
                              .argument = key};
        settings[key] = std::move(*value);
    }
    co_return settings;
}

Awaitable<Result<ReloadReport>> Plugin::choose_settings(Build build, SettingChanges changes, std::string by) {
    const auto self = shared_from_this();
    auto choices = with_changes(build.description, record_.settings, changes, by);
    if (!choices) co_return choices.error();
    auto looking = settings_in_force(build.description, *choices);
    const auto settings = co_await std::move(looking);
    if (!settings) co_return settings.error();
    const bool serves = live_ && live_->alive();
    // What does not serve may wait for another setting.
    if (const auto wrong =
            serves ? read_settings(build.description, *settings) : read_changed(build.description, *settings, changes);
        !wrong)
        co_return wrong.error();
    ReloadReport report;
    report.unchanged = *choices == record_.settings;
    report.plugin = view();
    if (report.unchanged) co_return report;
    if (!serves) {
        record_.settings = *choices;
        auto saving = save();
        co_await std::move(saving);
    }
    const auto keys = keys_of(changes);
    if (!record_.enabled) {
        auto noting = note("config", std::move(by), std::move(build), "stored; " + keys);
        co_await std::move(noting);
        report.stored = true;
        co_return report;
    }
    Passage passage;
    passage.choices = std::move(*choices);
    passage.why = keys;
    auto putting = put_live(std::move(build), std::move(by), "config", std::move(passage));
    report = co_await std::move(putting);
    report.stored = !report.live && !serves;
    co_return report;
}

}  // namespace riposte
