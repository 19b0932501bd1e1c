#pragma once

#include "author/folder_watch.hpp"
#include "author/plugin_source.hpp"
#include "author/screen.hpp"
#include "author/transcript.hpp"
#include "author/workbench.hpp"

#include <boost/asio/signal_set.hpp>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace riposte {

struct SessionOptions {
    WorkbenchOptions bench;
    bool watch = false;
};

/// `riposte plugin run`: a conversation with one plugin, by keyboard or from a pipe. What a pipe brings may be a
/// transcript: then what comes is held against it. One thread; standard input and output.
class Session {
public:
    Session(PluginSource source, SessionOptions options);
    ~Session();

    /// Until the end of input or Ctrl+C. Returns the exit code: 1 when the plugin was not taken into service, or something
    /// else came than the transcript says.
    int run();

private:
    bool renew(const std::string& changed);
    std::string serving() const;
    void read_input();
    void take_lines();
    void take_line(const std::string& line);
    void say(const std::string& line);
    void call_ended(std::optional<Problem> problem);
    void show_end();
    void hold_against();
    void handle_events();
    void listen_for_interrupt();

    PluginSource source_;
    SessionOptions options_;
    bool terminal_;
    Screen screen_;
    TranscriptRecorder recorder_;
    int events_;  // an eventfd: something of the following has changed
    std::atomic<bool> interrupted_ = false;
    std::atomic<bool> call_over_ = false;
    std::atomic<bool> not_heard_ = false;
    std::optional<Problem> problem_;  // of that call; written before it is over
    std::unique_ptr<Workbench> bench_;
    std::unique_ptr<asio::signal_set> signals_;
    std::unique_ptr<FolderWatch> watch_;

    std::int64_t generation_ = 0;  // 0: nothing serves yet
    std::string input_;            // read and not yet taken
    std::vector<std::string> expected_;
    std::string said_;
    bool hears_ = false;
    bool busy_ = false;
    bool at_end_ = false;
    bool over_ = false;
    bool differs_ = false;
};

}  // namespace riposte
