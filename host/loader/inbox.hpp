#pragma once

#include "base/async.hpp"
#include "loader/deadlines.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <array>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace riposte {

/// Watches the folder into which operators put builds. [control]
class Inbox {
public:
    /// `arrived` is called when a library has been written or moved there and nothing more came for 150 ms.
    Inbox(asio::any_io_executor control, Deadlines& deadlines, std::function<void(std::filesystem::path)> arrived);

    /// Makes the folder if need be. "" or why it cannot be watched.
    std::string watch(const std::filesystem::path& folder);
    void stop();

private:
    void read();
    void noticed(const std::string& name);

    Deadlines& deadlines_;
    std::function<void(std::filesystem::path)> arrived_;
    std::filesystem::path folder_;
    asio::posix::stream_descriptor notify_;
    std::map<std::string, Deadlines::Alarm> settling_;
    alignas(8) std::array<char, 8192> events_{};
    std::shared_ptr<void> alive_ = std::make_shared<int>();  // a read may be queued when this ends
};

}  // namespace riposte
