#include "net/peer.hpp"

#include "unit/net/head_with.hpp"

#include <gtest/gtest.h>

namespace riposte {
namespace {

NetOptions behind(std::vector<std::string> proxies) {
    NetOptions options;
    options.trusted_proxies = std::move(proxies);
    return options;
}

const Peer stranger{.address = "203.0.113.9", .operator_name = {}};
const Peer proxy{.address = "10.0.0.1", .operator_name = {}};

TEST(Peer, AStrangerIsNotBelieved) {
    const auto client =
        client_of(stranger, head_with({{"x-forwarded-for", "127.0.0.1"}, {"x-forwarded-proto", "https"}}),
                  behind({"10.0.0.0/8"}));
    EXPECT_EQ(client.address, "203.0.113.9");
    EXPECT_FALSE(client.secure);
}

TEST(Peer, AProxyIsBelieved) {
    const auto client = client_of(
        proxy, head_with({{"x-forwarded-for", "198.51.100.7"}, {"x-forwarded-proto", "https"}}), behind({"10.0.0.1"}));
    EXPECT_EQ(client.address, "198.51.100.7");
    EXPECT_TRUE(client.secure);
}

TEST(Peer, OnlyWhatProxiesWroteCounts) {
    const auto chain = head_with({{"x-forwarded-for", "127.0.0.1, 198.51.100.7"}, {"x-forwarded-for", "10.0.0.2"}});
    EXPECT_EQ(client_of(proxy, chain, behind({"10.0.0.0/8"})).address, "198.51.100.7");
    const auto broken = head_with({{"x-forwarded-for", "198.51.100.7, unknown, 10.0.0.2"}});
    EXPECT_EQ(client_of(proxy, broken, behind({"10.0.0.0/8"})).address, "10.0.0.2");
    EXPECT_EQ(client_of(proxy, head_with({}), behind({"10.0.0.0/8"})).address, "10.0.0.1");
}

TEST(Peer, ItsPublicAddressTellsHttpsWhereTheProxySaysNothing) {
    auto options = behind({"10.0.0.1"});
    options.public_url = "https://chat.example.org";
    EXPECT_TRUE(client_of(proxy, head_with({{"host", "chat.example.org"}}), options).secure);
    EXPECT_FALSE(client_of(proxy, head_with({{"host", "10.0.0.5:8080"}}), options).secure);
    EXPECT_FALSE(
        client_of(proxy, head_with({{"host", "chat.example.org"}, {"x-forwarded-proto", "http"}}), options).secure);
    options.public_url = "http://chat.example.org";
    EXPECT_FALSE(client_of(proxy, head_with({{"host", "chat.example.org"}}), options).secure);
}

TEST(Peer, NetworksCoverTheirAddresses) {
    EXPECT_TRUE(is_in("10.1.2.3", {"10.0.0.0/8"}));
    EXPECT_FALSE(is_in("11.1.2.3", {"10.0.0.0/8"}));
    EXPECT_TRUE(is_in("::ffff:10.1.2.3", {"10.1.2.3"}));
    EXPECT_TRUE(is_in("2001:db8::7", {"192.0.2.1", "2001:db8::/32"}));
    EXPECT_FALSE(is_in("2001:db9::7", {"2001:db8::/32"}));
    EXPECT_FALSE(is_in("unix", {"10.0.0.0/8"}));
    EXPECT_FALSE(is_in("10.1.2.3", {}));
}

TEST(Peer, KnowsThisMachine) {
    for (const auto* here : {"127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "unix"})
        EXPECT_TRUE(is_this_machine(here)) << here;
    for (const auto* there : {"192.0.2.1", "2001:db8::1", "", "localhost"})
        EXPECT_FALSE(is_this_machine(there)) << there;
}

}  // namespace
}  // namespace riposte
