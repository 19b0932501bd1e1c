#pragma once

#include "ask/document.hpp"

#include <string>
#include <string_view>

namespace riposte::ask {

/// A manual page in the macros of mdoc(7), the BSD way: ssh(1), getty(8).
Document read_mdoc(std::string title, std::string_view source);

}  // namespace riposte::ask
