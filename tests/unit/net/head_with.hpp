#pragma once

#include "net/http_policy.hpp"

#include <string>
#include <utility>
#include <vector>

namespace riposte {

/// The head of a request that sends these fields.
inline Head head_with(std::vector<std::pair<std::string, std::string>> fields) {
    Head head;
    head.method = "POST";
    head.fields = std::move(fields);
    return head;
}

}  // namespace riposte
