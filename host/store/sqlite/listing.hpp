#pragma once

#include "store/oversight.hpp"
#include "store/sqlite/database.hpp"

#include <limits>

// What the operator's lists have in common: newest first, by the row's id, one page at a time.
namespace riposte::sqlite {

inline std::int64_t before(const Listing& listing) {
    return listing.before.value_or(std::numeric_limits<std::int64_t>::max());
}

/// For LIKE with ESCAPE '\': the text anywhere, upper and lower case of ASCII alike.
inline std::string pattern(const Listing& listing) {
    std::string pattern = "%";
    for (const char c : listing.text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

/// Reads a statement that was limited to one row more than the page has, and whose first column is the row's id.
template <class T, class ReadRow>
Listed<T> listed(Statement rows, int limit, ReadRow read) {
    Listed<T> page;
    std::int64_t last = 0;
    while (rows.step()) {
        if (page.items.size() == static_cast<std::size_t>(limit)) {
            page.next = last;
            break;
        }
        last = rows.column<std::int64_t>(0);
        page.items.push_back(read(rows));
    }
    return page;
}

}  // namespace riposte::sqlite
