#pragma once

#include "ask/document.hpp"

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace riposte::ask {

/// Why a file is not in the index; shown to whoever builds it.
struct Unreadable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Reads what the ending of the name says: .md, .html, .txt, a manual page (.1 to .9, also mdoc); .gz is unpacked.
/// `bytes` is what lies on disk. Throws Unreadable.
Document read_document(const std::filesystem::path& name, std::string_view bytes);

/// Whether read_document knows what to do with such a name.
bool is_readable(const std::filesystem::path& name);

/// Each takes valid UTF-8; rubbish gives a poor document, never a fault. `name` is the file's, without .gz.
Document read_markdown(const std::string& name, std::string_view text);
Document read_html(const std::string& name, std::string_view text);
Document read_plain(const std::string& name, std::string_view text);
Document read_manual(const std::string& name, std::string_view text);

}  // namespace riposte::ask
