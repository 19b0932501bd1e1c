#include "operator/plugin_json.hpp"

#include "protocol/json_writer.hpp"

namespace riposte {

void append_json(std::string& out, const PluginView& plugin) {
    json_object(out)
        .field("id", plugin.id)
        .field("version", plugin.version)
        .field("generation", plugin.generation)
        .field("state", plugin.state)
        .field("isolation", to_string(plugin.isolation))
        .field("isolation_from", plugin.isolation_chosen ? "operator" : "configuration")
        .field("commands", plugin.commands)
        .field("aliases", plugin.aliases)
        .field("permissions", plugin.permissions)
        .field("grants", plugin.grants)
        .field("rooms", to_string(plugin.presence))
        .field("wants", plugin.wants)
        .field("calls", plugin.calls)
        .field("failed", plugin.failed)
        .field("p50_ms", plugin.p50_ms)
        .field("p99_ms", plugin.p99_ms)
        .field("memory_bytes", plugin.memory_bytes)
        .field("left_mapped", plugin.left_mapped)
        .field("pid", plugin.pid)
        .field("debug_until", plugin.debug_until)
        .field("unheard", plugin.unheard)
        .field("by", plugin.by)
        .field("reason", plugin.reason)
        .field("sandbox", plugin.sandbox);
}

void append_json(std::string& out, const ReloadReport& report) {
    json_object(out)
        .field("plugin", report.plugin)
        .field("result", report.unchanged ? "unchanged"
                         : report.live    ? "live"
                         : report.stored  ? "stored"
                                          : "refused")
        .field_if("step", report.step)
        .field_if("reason", report.reason)
        .field_if("version", report.version)
        .field_if("lost", report.lost)
        .field_if("warning", report.warning);
}

void append_json(std::string& out, const SettingView& setting) {
    JsonObject object(out);
    object.field("key", setting.key)
        .field("type", setting.type)
        .field("summary", setting.summary)
        .field("required", setting.required)
        .field("local", setting.local)
        .field("values", setting.in_force.values)
        .field("source", setting.in_force.source);
    if (setting.configured)
        object.field_by("configured", [&](std::string& configured) {
            json_object(configured)
                .field("values", setting.configured->values)
                .field("source", setting.configured->source);
        });
    if (!setting.choices.empty()) object.field("choices", setting.choices);
    object.field_if("minimum", setting.minimum).field_if("maximum", setting.maximum);
}

void append_json(std::string& out, const StagedBuild& build) {
    json_object(out)
        .field("hash", build.hash)
        .field("plugin", build.id)
        .field("version", build.version)
        .field("title", build.title)
        .field("summary", build.summary)
        .field("commands", build.commands)
        .field("permissions", build.permissions)
        .field("wants", build.wants)
        .field_if("serves", build.serves)
        .field("same", build.same)
        .field_if("conflict", build.conflict)
        .field_if("warning", build.warning);
}

void append_json(std::string& out, const PluginHistoryEntry& entry) {
    json_object(out)
        .field("plugin", entry.plugin)
        .field("at", entry.at)
        .field("by", entry.by)
        .field("verb", entry.verb)
        .field("hash", entry.hash)
        .field("version", entry.version)
        .field("result", entry.result);
}

void append_json(std::string& out, const PluginLogLine& line) {
    json_object(out)
        .field("at", line.at)
        .field("generation", line.generation)
        .field("source", to_string(line.source))
        .field("text", line.text);
}

}  // namespace riposte
