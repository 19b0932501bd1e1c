#include "server_options.hpp"

#include "base/version.hpp"

#include <thread>

namespace riposte {
namespace {

constexpr std::int64_t mebibyte = 1 << 20;

PluginSettings settings_of(const PluginConfig& plugin) {
    PluginSettings settings;
    for (const auto& [key, entry] : plugin.values)
        std::visit([&settings, &key = key](const auto& value) { settings.emplace(key, value); }, entry.value);
    return settings;
}

std::map<std::string, SettingOrigin> origins_of(const LoadedConfig& loaded, const std::string& id,
                                                const PluginConfig& plugin) {
    const auto prefix = "plugins." + id + ".";
    std::map<std::string, SettingOrigin> origins;
    for (const auto& line : loaded.settings) {
        if (!line.name.starts_with(prefix)) continue;
        const auto value = plugin.values.find(line.name.substr(prefix.size()));
        if (value != plugin.values.end()) origins[value->first] = {line.source, value->second.secret};
    }
    return origins;
}

/// What a browser on this machine would open.
std::string reachable(const std::string& address) {
    if (address == "0.0.0.0" || address == "::") return "127.0.0.1";
    return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

}  // namespace

std::string own_url(const Config& config) {
    const auto& http = config.http;
    return http.public_url.empty() ? "http://" + reachable(http.address) + ":" + std::to_string(http.port)
                                   : http.public_url;
}

StoreOptions store_options(const Config& config) {
    return {.directory = config.data.directory,
            .readers = static_cast<int>(config.store.readers),
            .wal_limit = config.store.wal_limit_mib * mebibyte};
}

AccountOptions account_options(const Config& config) {
    const auto& auth = config.auth;
    return {.registration = auth.registration == "open"   ? Registration::Open
                            : auth.registration == "link" ? Registration::Link
                                                          : Registration::Closed,
            .session_days = static_cast<int>(auth.session_days),
            .passwords = {.memory_bytes = static_cast<std::size_t>(auth.argon_memory_mib * mebibyte),
                          .passes = static_cast<std::uint64_t>(auth.argon_passes),
                          .queue = static_cast<std::size_t>(auth.hash_queue)}};
}

LoaderOptions loader_options(const LoadedConfig& loaded) {
    const auto& config = loaded.config;
    const auto& plugins = config.plugins;
    LoaderOptions options;
    options.executable = std::filesystem::read_symlink("/proc/self/exe");
    options.bundled_directory = plugins.bundled_directory;
    options.inbox_directory = plugins.directory;
    options.data_directory = std::filesystem::path(config.data.directory) / "plugin-data";
    options.isolation = isolation_from(plugins.isolation).value_or(Isolation::Worker);
    options.sandbox = plugins.sandbox == "require" ? SandboxPolicy::Require : SandboxPolicy::BestEffort;
    options.limits = {.memory_bytes = plugins.memory_mib * mebibyte,
                      .files = plugins.files,
                      .processes = plugins.threads,
                      .file_bytes = plugins.file_mib * mebibyte};
    options.first_output = std::chrono::milliseconds(plugins.call_first_output_ms);
    options.between_outputs = std::chrono::milliseconds(plugins.call_between_outputs_ms);
    options.total = std::chrono::milliseconds(plugins.call_total_ms);
    options.queue = static_cast<std::size_t>(plugins.queue);
    options.queue_per_user = static_cast<std::size_t>(plugins.queue_per_user);
    options.watch.heartbeat = std::chrono::milliseconds(plugins.heartbeat_ms);
    options.watch.cpu_percent = static_cast<int>(plugins.idle_cpu_percent);
    options.probation = {.time = std::chrono::milliseconds(plugins.probation_ms),
                         .calls = static_cast<int>(plugins.probation_calls),
                         .longest = std::chrono::hours(plugins.probation_longest_h)};
    for (const auto& [id, plugin] : plugins.by_id) {
        options.settings.emplace(id, settings_of(plugin));
        options.origins.emplace(id, origins_of(loaded, id, plugin));
        if (!plugin.read_paths.empty()) options.read_paths.emplace(id, plugin.read_paths);
        if (plugin.isolation) options.isolations.emplace(id, *isolation_from(*plugin.isolation));
    }
    return options;
}

OperatorOptions operator_options(const LoadedConfig& loaded) {
    OperatorOptions options{.public_url = own_url(loaded.config), .settings = {}};
    for (const auto& [name, value, source] : loaded.settings) options.settings.push_back({name, value, source});
    return options;
}

NetOptions net_options(const Config& config) {
    const auto& http = config.http;
    NetOptions options;
    options.address = http.address;
    options.port = static_cast<std::uint16_t>(http.port);
    options.unix_socket = http.unix_socket;
    options.public_url = http.public_url;
    options.insecure_http = http.insecure_http;
    options.trusted_proxies = http.trusted_proxies;
    options.threads = http.threads > 0 ? static_cast<int>(http.threads)
                                       : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    options.web_root = http.web_root;
    options.build = version();
    options.body_bytes = static_cast<std::size_t>(config.limits.body_bytes);
    options.frame_bytes = static_cast<std::size_t>(config.limits.frame_bytes);
    options.file_bytes = config.limits.upload_mib * mebibyte;
    options.user_files_bytes = config.limits.uploads_per_user_mib * mebibyte;
    options.plugin_bytes = config.plugins.upload_mib * mebibyte;
    options.outbox_bytes = static_cast<std::size_t>(config.limits.outbox_kib) * 1024;
    options.actions_in_flight = static_cast<int>(config.limits.actions_in_flight);
    options.posts_per_10s = static_cast<int>(config.limits.posts_per_10s);
    options.requests_per_10s = static_cast<int>(config.limits.requests_per_10s);
    options.sockets_per_user = static_cast<int>(config.limits.sockets_per_user);
    options.max_connections = static_cast<int>(http.max_connections);
    options.header_timeout_s = static_cast<int>(http.header_timeout_s);
    options.body_timeout_s = static_cast<int>(http.body_timeout_s);
    options.idle_timeout_s = static_cast<int>(http.idle_timeout_s);
    return options;
}

}  // namespace riposte
