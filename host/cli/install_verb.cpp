#include "author/check.hpp"
#include "author/folder_watch.hpp"
#include "author/plugin_source.hpp"
#include "base/log.hpp"
#include "cli/author_options.hpp"
#include "cli/reply.hpp"
#include "cli/verbs.hpp"
#include "protocol/json_writer.hpp"

#include <poll.h>
#include <unistd.h>

#include <cstdio>

// `riposte plugin install`: from a folder with sources to a plugin that people use.
namespace riposte {
namespace {

namespace fs = std::filesystem;

/// "weather 0.1.0 live: /weather /天气"
std::string live_text(const PluginDescription& description) {
    auto text = description.id + " " + description.version + " live:";
    for (const auto& command : description.commands) {
        text += " " + command.prefix;
        for (const auto& alias : command.aliases) text += " " + alias;
    }
    return text;
}

/// Under its own name, whole: it is renamed when it has been written.
void put(const fs::path& library, const fs::path& folder, const std::string& id) {
    std::error_code failure;
    const auto incoming = folder / ("." + id + "." + std::to_string(::getpid()));
    fs::create_directories(folder, failure);
    fs::copy_file(library, incoming, fs::copy_options::overwrite_existing, failure);
    if (!failure) fs::rename(incoming, folder / (id + ".so"), failure);
    if (!failure) return;
    std::error_code ignored;
    fs::remove(incoming, ignored);
    throw std::runtime_error("cannot put " + id + ".so into " + folder.string() + ": " + failure.message());
}

class Installation {
public:
    Installation(const Config& config, const CommandLine& line)
        : config_(config), line_(line), source_(value_of(PluginSource::open(line.target))) {}

    /// Builds, checks and hands over. False: it does not serve, and that has been said.
    bool install(CheckScope scope) {
        const auto built = source_.build();
        if (!built) return say(built.error().detail);
        const auto subject = subject_of(line_, built->library, source_.folder() / "transcripts");
        if (check_plugin(subject, scope) != 0) return say("not installed");
        return hand_over(built->library, value_of(Trial(subject.trial()).examine()));
    }

    int watch() {
        FolderWatch watch(source_.is_folder() ? source_.folder() : source_.library());
        install(CheckScope::Everything);
        for (;;) {
            pollfd waiting{watch.file(), POLLIN, 0};
            if (::poll(&waiting, 1, -1) < 0) return 0;
            if (watch.changed().empty()) continue;
            try {
                install(CheckScope::Essentials);
            } catch (const std::runtime_error& error) {
                say(error.what());  // the server may be back at the next change
            }
        }
    }

private:
    static bool say(const std::string& text) {
        std::printf("%s\n", text.c_str());
        std::fflush(stdout);
        return false;
    }

    bool hand_over(const fs::path& library, const PluginDescription& description) const {
        put(library, config_.plugins.directory, description.id);
        std::string body;
        json_object(body).field("force", line_.force);
        const auto reply = ask_server(config_.http.unix_socket, "POST",
                                      "/api/v1/plugins/" + path_segment(description.id) + "/reload", body);
        const auto parsed = parse_json_object(reply.body);
        if (parsed && text_of(parsed.value().root(), "result") == "refused") {
            const auto report = parsed.value().root();
            return say(description.id + " " + description.version + " refused: " + text_of(report, "step") + ": " +
                       text_of(report, "reason"));
        }
        success_of(reply);
        say(live_text(description));
        return true;
    }

    const Config& config_;
    const CommandLine& line_;
    PluginSource source_;
};

}  // namespace

int install_plugin(const Config& config, const CommandLine& line) {
    log::start(log::Level::Error, log::Format::Text);
    Installation installation(config, line);
    if (line.watch) return installation.watch();
    return installation.install(CheckScope::Everything) ? 0 : 1;
}

}  // namespace riposte
