#pragma once

#include "ask/answer.hpp"
#include "ask/refresh.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace riposte::ask {

/// A folder of documents and the index made of them, gone at the end of the test.
class Documents {
public:
    Documents() {
        std::string folder = std::filesystem::temp_directory_path() / "riposte-ask-XXXXXX";
        if (!::mkdtemp(folder.data())) throw std::runtime_error("no temporary folder");
        folder_ = folder;
        std::filesystem::create_directory(folder_ / "documents");
    }
    ~Documents() { std::filesystem::remove_all(folder_); }
    Documents(const Documents&) = delete;

    std::filesystem::path write(const std::string& name, std::string_view text) const {
        const std::filesystem::path path = folder_ / "documents" / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
        return path;
    }
    void erase(const std::string& name) const { std::filesystem::remove(folder_ / "documents" / name); }

    Refreshed refresh(std::vector<std::string> without_sections = {}) {
        skipped.clear();
        RefreshOptions options;
        options.roots = {folder_ / "documents"};
        options.without_sections = std::move(without_sections);
        options.skipped = [this](const std::filesystem::path& file, std::string_view why) {
            skipped.emplace_back(file.filename().string() + ": " + std::string(why));
        };
        return ask::refresh(index(), options);
    }

    std::filesystem::path index() const { return folder_ / "ask.db"; }
    std::filesystem::path folder() const { return folder_; }
    Search search() const { return Search(Database::open_for_reading(index())); }

    /// The names of the sources found, best first, parted by spaces.
    std::string found(std::string_view question) const {
        Search search = this->search();
        std::string names;
        for (const Hit& hit : search.find(read_question(question), 3)) names += (names.empty() ? "" : " ") + hit.name;
        return names;
    }

    std::vector<std::string> skipped;

private:
    std::filesystem::path folder_;
};

}  // namespace riposte::ask
