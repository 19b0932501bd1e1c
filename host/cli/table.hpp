#pragma once

#include <string>
#include <vector>

namespace riposte {

/// Rows as text in columns two blanks apart, the first row being the heads. Widths count code points, wide (Chinese)
/// characters as two.
std::string columns(const std::vector<std::vector<std::string>>& rows);

/// "31 ms", "0.4 ms", "1.2 s".
std::string duration_text(double milliseconds);
/// "2026-11-24 23:10:05", local time, from milliseconds since 1970 UTC.
std::string time_text(double milliseconds);
/// "6 MB", "812 kB".
std::string size_text(double bytes);

}  // namespace riposte
