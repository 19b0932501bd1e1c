#pragma once

#include "base/problem.hpp"

#include <boost/system/result.hpp>

#include <stdexcept>

namespace riposte {

/// A value, or the problem that the caller decides about: `if (!result) return result.error();`
template <class T = void>
using Result = boost::system::result<T, Problem>;

/// What Result::value() throws when there is none: a programmer's error, hence no user-facing text.
[[noreturn]] inline void throw_exception_from_error(const Problem& problem, const boost::source_location&) {
    throw std::logic_error("unchecked Result: " + problem.detail);
}

}  // namespace riposte
