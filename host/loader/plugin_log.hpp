#pragma once

#include "base/async.hpp"
#include "loader/plugin_log_line.hpp"

#include <boost/asio/thread_pool.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace riposte {

/// What one plugin says: its stdout and stderr (of a worker), its log(), and what the host did to it. Kept on disk in two
/// files of 512 KiB each, of which the older goes. [control], except where it says otherwise.
class PluginLog {
public:
    /// `files` is one thread, which may block.
    PluginLog(std::filesystem::path directory, const std::string& plugin, std::shared_ptr<asio::thread_pool> files);

    /// Any bytes; control characters are replaced, a line longer than 4 KiB is cut. More than 500 lines a second are
    /// dropped, and counted.
    void append(std::int64_t generation, LogSource source, std::string text);
    /// The last `limit` lines, oldest first, of one generation or of all.
    Awaitable<std::vector<PluginLogLine>> read(std::optional<std::int64_t> generation, std::size_t limit);

private:
    void write(const PluginLogLine& line);

    std::filesystem::path file_;
    std::shared_ptr<asio::thread_pool> files_;
    std::int64_t second_ = 0;
    int lines_ = 0;  // in this second
    int dropped_ = 0;
};

}  // namespace riposte
