#include "net/peer.hpp"

#include "net/field_text.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <algorithm>
#include <optional>
#include <ranges>

namespace riposte {
namespace {

namespace ip = boost::asio::ip;

/// IPv4 in IPv6 clothes becomes IPv4, so that one machine has one spelling.
std::optional<ip::address> address_from(const std::string& text) {
    boost::system::error_code error;
    auto address = ip::make_address(text, error);
    if (error) return std::nullopt;
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = ip::make_address_v4(ip::v4_mapped, address.to_v6());
    return address;
}

bool covers(const std::string& network, const ip::address& address) {
    if (const auto single = address_from(network)) return *single == address;
    boost::system::error_code error;
    if (address.is_v4()) {
        const auto v4 = ip::make_network_v4(network, error);
        return !error && ip::network_v4(address.to_v4(), v4.prefix_length()).canonical() == v4.canonical();
    }
    const auto v6 = ip::make_network_v6(network, error);
    return !error && ip::network_v6(address.to_v6(), v6.prefix_length()).canonical() == v6.canonical();
}

/// The newest hop that no trusted proxy is; what stands left of it anybody may have written.
std::string forwarded_address(const Head& head, const NetOptions& options, std::string nearest) {
    std::vector<std::string_view> hops;
    for (const auto& [name, value] : head.fields)
        if (name == "x-forwarded-for") std::ranges::copy(list_items(value), std::back_inserter(hops));
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        const auto address = address_from(std::string(*hop));
        if (!address) break;
        nearest = address->to_string();
        if (!is_in(nearest, options.trusted_proxies)) break;
    }
    return nearest;
}

bool names_https_public_url(const Head& head, const NetOptions& options) {
    constexpr std::string_view https = "https://";
    return options.public_url.starts_with(https) && head.field("host") == options.public_url.substr(https.size());
}

}  // namespace

bool is_in(const std::string& address, const std::vector<std::string>& networks) {
    const auto parsed = address_from(address);
    return parsed && std::ranges::any_of(networks, [&](const auto& network) { return covers(network, *parsed); });
}

bool is_this_machine(const std::string& address) {
    const auto parsed = address_from(address);
    return address == "unix" || (parsed && parsed->is_loopback());
}

Client client_of(const Peer& peer, const Head& head, const NetOptions& options) {
    if (!is_in(peer.address, options.trusted_proxies)) return {peer.address, names_https_public_url(head, options)};
    const auto scheme = head.field("x-forwarded-proto");
    return {.address = forwarded_address(head, options, peer.address),
            .secure = scheme ? lower_case(*scheme) == "https" : names_https_public_url(head, options)};
}

}  // namespace riposte
