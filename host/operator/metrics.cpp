#include "operator/metrics.hpp"

#include <concepts>
#include <cstdint>

namespace riposte {
namespace {

/// A label's value: the format knows three escapes.
std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '\n') safe += "\\n";
        else if (c == '"' || c == '\\') (safe += '\\') += c;
        else safe += c;
    }
    return safe;
}

std::string label(std::string_view name, std::string_view value) {
    return std::string(name) + "=\"" + escaped(value) + '"';
}

class Page {
public:
    /// Samples follow under one heading.
    void metric(std::string_view name, std::string_view type, std::string_view help) {
        name_ = "riposte_" + std::string(name);
        text_ += "# HELP " + name_ + ' ' + std::string(help) + "\n# TYPE " + name_ + ' ' + std::string(type) + '\n';
    }
    template <class Number>
    requires std::integral<Number> || std::floating_point<Number>
    void sample(Number value, const std::string& labels = {}) {
        text_ += name_ + (labels.empty() ? "" : '{' + labels + '}') + ' ' + std::to_string(value) + '\n';
    }
    template <class Number>
    void gauge(std::string_view name, std::string_view help, Number value) {
        metric(name, "gauge", help);
        sample(value);
    }
    std::string text() && { return std::move(text_); }

private:
    std::string name_;
    std::string text_;
};

constexpr double seconds(double milliseconds) { return milliseconds / 1000; }

}  // namespace

std::string metrics_text(const Status& status, const std::vector<PluginView>& plugins) {
    Page page;
    page.metric("info", "gauge", "The version that serves");
    page.sample(1, label("version", status.version));
    page.gauge("uptime_seconds", "Since the start of the server", status.uptime_s);
    page.gauge("connections", "Open WebSockets", status.connections);
    page.gauge("messages_last_minute", "Messages committed in the last minute", status.store.messages);
    page.gauge("writes_waiting", "Writes in the queue of the store", status.store.writes_waiting);
    page.gauge("database_bytes", "Size of the database", status.store.database_bytes);
    page.gauge("write_ahead_log_bytes", "Size of the database's write-ahead log", status.store.log_bytes);
    page.gauge("disk_free_bytes", "Free on the disk of the database", status.store.disk_free_bytes);

    page.gauge("commands_ended_10m", "Commands that ended in the last 10 minutes", status.commands.ended);
    page.gauge("commands_failed_10m", "Of them, those that failed", status.commands.failed);
    page.metric("command_seconds_10m", "gauge", "Time from a command to its end in the last 10 minutes");
    page.sample(seconds(static_cast<double>(status.commands.p50_ms)), label("quantile", "0.5"));
    page.sample(seconds(static_cast<double>(status.commands.p99_ms)), label("quantile", "0.99"));

    page.metric("plugin_serving", "gauge", "1 while a generation of the plugin takes commands");
    for (const auto& plugin : plugins)
        page.sample(plugin.serving ? 1 : 0, label("plugin", plugin.id) + ',' + label("version", plugin.version) + ',' +
                                                label("state", plugin.state));
    page.metric("plugin_generation", "counter", "Builds that have served, and restarts by an operator");
    for (const auto& plugin : plugins) page.sample(plugin.generation, label("plugin", plugin.id));
    page.metric("plugin_calls_total", "counter", "Commands that the plugin was given");
    for (const auto& plugin : plugins) page.sample(plugin.calls, label("plugin", plugin.id));
    page.metric("plugin_failed_total", "counter", "Commands of the plugin that failed");
    for (const auto& plugin : plugins) page.sample(plugin.failed, label("plugin", plugin.id));
    page.metric("plugin_call_seconds", "gauge", "Time of a call of the plugin");
    for (const auto& plugin : plugins) {
        page.sample(seconds(plugin.p50_ms), label("plugin", plugin.id) + ',' + label("quantile", "0.5"));
        page.sample(seconds(plugin.p99_ms), label("plugin", plugin.id) + ',' + label("quantile", "0.99"));
    }
    page.metric("plugin_memory_bytes", "gauge", "Memory of the plugin's worker; 0 in-process");
    for (const auto& plugin : plugins) page.sample(plugin.memory_bytes, label("plugin", plugin.id));
    page.metric("plugin_left_mapped", "gauge", "Libraries of ended in-process generations that could not be unloaded");
    for (const auto& plugin : plugins) page.sample(plugin.left_mapped, label("plugin", plugin.id));
    return std::move(page).text();
}

}  // namespace riposte
