# cmake -D NAMES=name;… -D FILES=file;… -D OUTPUT=file.cpp -P embed.cmake
# Writes the files into a C++ source, as raw string literals: what `riposte plugin new` unpacks.
set(entries "")
foreach(name file IN ZIP_LISTS NAMES FILES)
  file(READ "${file}" content)
  string(APPEND entries "    {R\"riposte(${name})riposte\", R\"riposte(${content})riposte\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Made by embed.cmake.
#include \"author/embedded.hpp\"

#include <array>

namespace riposte {
namespace {

constexpr auto files = std::to_array<EmbeddedFile>({
${entries}});

}  // namespace

std::span<const EmbeddedFile> embedded_files() { return files; }

}  // namespace riposte
")
