#pragma once

#include "auth/accounts.hpp"
#include "config/load.hpp"
#include "loader/plugin_host.hpp"
#include "net/services.hpp"
#include "operator/operator.hpp"
#include "store/store.hpp"

// The one configuration, cut into what each part needs.
namespace riposte {

/// What links begin with where no request tells which of the server's addresses is used.
std::string own_url(const Config& config);

StoreOptions store_options(const Config& config);
AccountOptions account_options(const Config& config);
LoaderOptions loader_options(const LoadedConfig& loaded);
NetOptions net_options(const Config& config);
OperatorOptions operator_options(const LoadedConfig& loaded);

}  // namespace riposte
