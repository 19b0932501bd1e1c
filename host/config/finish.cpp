#include "config/finish.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <filesystem>

namespace riposte {
namespace {

namespace ip = boost::asio::ip;
namespace fs = std::filesystem;

/// PREFIX/share/… where the program is PREFIX/bin/riposte; where that is not there, the folder of the build.
std::string installed_or_built(const char* below_prefix, const char* built) {
    std::error_code none;
    const auto program = fs::read_symlink("/proc/self/exe", none);
    const auto installed = program.parent_path().parent_path() / below_prefix;
    return !none && fs::exists(installed, none) ? installed.string() : built;
}

bool is_address_or_network(const std::string& text) {
    boost::system::error_code error;
    ip::make_address(text, error);
    if (!error) return true;
    ip::make_network_v4(text, error);
    if (!error) return true;
    ip::make_network_v6(text, error);
    return !error;
}

/// "https://chat.example.org", "http://192.168.1.5:8080": a scheme and a host, nothing after them.
bool is_origin(std::string_view url) {
    const auto scheme_end = url.find("://");
    const auto scheme = url.substr(0, scheme_end);
    if (scheme_end == std::string_view::npos || (scheme != "http" && scheme != "https")) return false;
    const auto host = url.substr(scheme_end + 3);
    return !host.empty() && host.find_first_of("/?# @") == std::string_view::npos;
}

void check_address(const Config::Http& http, std::vector<std::string>& found) {
    boost::system::error_code error;
    const auto address = ip::make_address(http.address, error);
    if (error) {
        found.push_back("http.address must be an IP address, not " + http.address);
        return;
    }
    if (!address.is_loopback() && !http.insecure_http)
        found.push_back(
            "http.address " + http.address +
            " is reached by plain http from other machines, and passwords would travel readable; put a proxy "
            "with TLS in front (docs/operators-guide.md) or set http.insecure_http = true");
}

}  // namespace

void fill_in(Config& config) {
    const fs::path data = config.data.directory;
    if (config.http.unix_socket.empty()) config.http.unix_socket = data / "riposte.sock";
    if (config.plugins.directory.empty()) config.plugins.directory = data / "plugins";
    if (config.http.web_root.empty())
        config.http.web_root = installed_or_built("share/riposte/web", RIPOSTE_BUILT_WEB_ROOT);
    if (config.plugins.bundled_directory.empty())
        config.plugins.bundled_directory = installed_or_built("lib/riposte/plugins", RIPOSTE_BUILT_PLUGINS);
}

std::vector<std::string> contradictions(const Config& config) {
    std::vector<std::string> found;
    check_address(config.http, found);
    if (!config.http.public_url.empty() && !is_origin(config.http.public_url))
        found.push_back("http.public_url must be http:// or https:// and a host, with nothing after it, not " +
                        config.http.public_url);
    for (const auto& proxy : config.http.trusted_proxies)
        if (!is_address_or_network(proxy))
            found.push_back("http.trusted_proxies: " + proxy +
                            " is neither an address nor a network such as 10.0.0.0/8");
    return found;
}

}  // namespace riposte
