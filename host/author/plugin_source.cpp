#include "author/plugin_source.hpp"

#include "author/wrong.hpp"
#include "loader/program.hpp"

#include <chrono>
#include <fstream>
#include <vector>

namespace riposte {
namespace {

namespace fs = std::filesystem;

Result<> run(const std::vector<std::string>& words) {
    auto result = run_program(words);
    if (result.status == 0) return {};
    if (result.status == 127) return wrong(words[0] + " is needed to build the folder: " + result.output);
    return wrong(std::move(result.output));
}

bool mentions(const fs::path& file, const std::string& word) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);)
        if (line.find(word) != std::string::npos) return true;
    return false;
}

Result<> build_with_cmake(const fs::path& folder, const fs::path& build) {
    std::error_code failure;
    // Configured by hand, it stays as it is; later changes of CMakeLists.txt are seen by the build itself.
    if (!fs::exists(build / "build.ninja", failure) && !fs::exists(build / "Makefile", failure)) {
        std::vector<std::string> words{"cmake", "-S", folder.string(), "-B", build.string()};
        if (has_program("ninja")) words.insert(words.end(), {"-G", "Ninja"});
        if (auto configured = run(words); !configured) return configured;
    }
    std::vector<std::string> words{"cmake", "--build", build.string(), "--parallel"};
    // Tests take longer to compile than plugins; riposte_add_plugin() makes this target.
    if (mentions(build / "build.ninja", "riposte_plugins") || mentions(build / "Makefile", "riposte_plugins"))
        words.insert(words.end(), {"--target", "riposte_plugins"});
    return run(words);
}

Result<> build_with_cargo(const fs::path& folder) {
    return run(
        {"cargo", "build", "--release", "--offline", "--quiet", "--manifest-path", (folder / "Cargo.toml").string()});
}

/// The one library in a folder, or, with CMake, below it.
template <class Iterator>
Result<fs::path> library_in(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code failure;
    for (const auto& entry : Iterator(folder, failure))
        if (entry.path().extension() == ".so" && entry.is_regular_file(failure)) found.push_back(entry.path());
    if (found.empty()) return wrong("the build leaves no library (*.so) in " + folder.string());
    if (found.size() > 1)
        return wrong("the build leaves several libraries, name the one you mean: " + found[0].string() + ", " +
                     found[1].string());
    return found.front();
}

}  // namespace

Result<PluginSource> PluginSource::open(const fs::path& given) {
    std::error_code failure;
    const auto path = fs::absolute(given).lexically_normal();
    if (fs::is_regular_file(path, failure)) return PluginSource(path.parent_path(), path);
    if (!fs::is_directory(path, failure)) return wrong(given.string() + " is not there");
    if (!fs::exists(path / "CMakeLists.txt", failure) && !fs::exists(path / "Cargo.toml", failure))
        return wrong(given.string() +
                     " has neither CMakeLists.txt nor Cargo.toml: name a library (*.so), or make a plugin with "
                     "`riposte plugin new`");
    return PluginSource(path, {});
}

Result<PluginSource::Built> PluginSource::build() const {
    if (!is_folder()) return Built{library_, 0};
    const auto began = std::chrono::steady_clock::now();
    const bool is_rust = fs::exists(folder_ / "Cargo.toml");
    if (auto built = is_rust ? build_with_cargo(folder_) : build_with_cmake(folder_, folder_ / "build"); !built)
        return built.error();
    const auto library = is_rust ? library_in<fs::directory_iterator>(folder_ / "target/release")
                                 : library_in<fs::recursive_directory_iterator>(folder_ / "build");
    if (!library) return library.error();
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - began;
    return Built{*library, time.count()};
}

}  // namespace riposte
