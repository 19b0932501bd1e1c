#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <string>

namespace riposte {

/// What an author names on the command line: a library, or the folder it is built from.
class PluginSource {
public:
    struct Built {
        std::filesystem::path library;
        double seconds = 0;  // of the compiler; 0 for a library that is given as it is
    };

    /// InvalidValue when it is neither.
    static Result<PluginSource> open(const std::filesystem::path& given);

    /// Brings the library up to date: CMake in <folder>/build, or Cargo. The problem's detail is what the compiler says.
    Result<Built> build() const;
    /// Of transcripts, and of what --watch watches.
    const std::filesystem::path& folder() const { return folder_; }
    bool is_folder() const { return library_.empty(); }
    const std::filesystem::path& library() const { return library_; }

private:
    PluginSource(std::filesystem::path folder, std::filesystem::path library)
        : folder_(std::move(folder)), library_(std::move(library)) {}

    std::filesystem::path folder_;
    std::filesystem::path library_;  // "" for a folder
};

}  // namespace riposte
