#pragma once

#include "auth/accounts.hpp"
#include "config/config.hpp"
#include "loader/plugin_host.hpp"
#include "net/services.hpp"
#include "store/store.hpp"

// The one configuration, cut into what each part needs.
namespace riposte {

/// What links begin with where no request tells which of the server's addresses is used.
std::string own_url(const Config& config);

StoreOptions store_options(const Config& config);
AccountOptions account_options(const Config& config);
LoaderOptions loader_options(const Config& config);
NetOptions net_options(const Config& config);

}  // namespace riposte
