#pragma once

#include <string>
#include <string_view>

namespace riposte {

struct OperatorReply {
    unsigned status = 0;
    std::string body;  // JSON
};

/// One request to the running server over its Unix socket; waits at most two minutes (a swap lets calls finish first).
/// Throws std::runtime_error that says what to do when the server cannot be reached.
OperatorReply ask_server(const std::string& unix_socket, std::string_view method, const std::string& target,
                         const std::string& body = "");

/// Percent-encoded where it may not stand in a path as it is: names can be of any script.
std::string path_segment(std::string_view text);

}  // namespace riposte
