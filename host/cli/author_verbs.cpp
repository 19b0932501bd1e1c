#include "author/check.hpp"
#include "author/new_plugin.hpp"
#include "author/session.hpp"
#include "base/log.hpp"
#include "cli/author_options.hpp"
#include "cli/verbs.hpp"

#include <unistd.h>

#include <cstdio>
#include <stdexcept>

// The verbs of those who write plugins.
namespace riposte {
namespace {

/// This same command under gdb: in-process, so that breakpoints of the plugin hold and its crash stops there.
[[noreturn]] void become_gdb(std::vector<std::string> command) {
    std::vector<std::string> words{"gdb", "-q",  "-ex",    "set breakpoint pending on",
                                   "-ex", "run", "--args", std::filesystem::read_symlink("/proc/self/exe").string()};
    words.insert(words.end(), command.begin(), command.end());
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    throw std::runtime_error("gdb is not there: install the package gdb");
}

}  // namespace

int make_plugin(const CommandLine& line) {
    const auto made = value_of(new_plugin(".", line.name, *plugin_language_from(line.language)));
    std::string entries;
    for (const auto& entry : made.entries) entries += " " + entry;
    std::printf("%s/:%s\n", line.name.c_str(), entries.c_str());
    return 0;
}

int run_plugin(const CommandLine& line) {
    const auto source = value_of(PluginSource::open(line.target));
    if (line.gdb) {
        std::vector<std::string> command{"plugin", "run", line.target, "--isolation", "in-process", "--patient"};
        if (line.watch) command.emplace_back("--watch");
        for (const auto& setting : line.settings) command.insert(command.end(), {"--set", setting});
        become_gdb(std::move(command));
    }
    log::start(log::Level::Warning, log::Format::Text);
    SessionOptions options;
    options.bench.isolation = *isolation_from(line.isolation);
    options.bench.settings = settings_of(line.settings);
    options.bench.locale = line.locale;
    options.bench.patient = line.patient;
    options.watch = line.watch;
    return Session(source, std::move(options)).run();
}

int check_plugin(const CommandLine& line) {
    log::start(log::Level::Error, log::Format::Text);
    if (line.child) {
        auto subject = subject_of(line, line.target, line.transcripts);
        subject.isolation = isolation_from(line.isolation).value_or(Isolation::Worker);
        return run_check_test(subject, line.only);
    }
    const auto source = value_of(PluginSource::open(line.target));
    const auto built = value_of(source.build());
    const auto subject = subject_of(line, built.library, source.folder() / "transcripts");
    if (!line.gdb) return check_plugin(subject, line.only);
    if (line.only.empty()) throw std::runtime_error("--gdb is for one check: name it by --only");
    std::vector<std::string> command{"plugin",
                                     "check",
                                     subject.library.string(),
                                     "--only",
                                     line.only,
                                     "--child",
                                     "--isolation",
                                     "in-process",
                                     "--patient",
                                     "--transcripts",
                                     subject.transcripts.string()};
    for (const auto& setting : line.settings) command.insert(command.end(), {"--set", setting});
    become_gdb(std::move(command));
}

}  // namespace riposte
