#pragma once

#include <string_view>

namespace riposte {

/// How many of a file's first bytes tell its type.
inline constexpr std::size_t type_bytes = 512;

/// The media type that a file's first bytes show, whatever its name says. Text of any kind, HTML and SVG too, is plain
/// text; what is not known is application/octet-stream. Pure.
std::string_view file_type(std::string_view first_bytes);

/// A picture without anything active in it: the only kind that is shown inside a page.
bool is_picture(std::string_view type);

}  // namespace riposte
