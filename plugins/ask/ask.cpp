// /ask how do I invite somebody: answers from documents that ask-index has prepared, or says that it doesn't know.
#include "ask/answer.hpp"
#include "ask/builtin_index.hpp"
#include "ask/index_file.hpp"

#include <riposte/plugin.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace {

namespace fs = std::filesystem;
using riposte::ask::Database;
using riposte::ask::IndexFile;
using riposte::ask::Search;

class Ask {
public:
    static void describe(riposte::Description<Ask>& plugin) {
        plugin.about("Ask", {"Answers questions from documents", "从文档里找答案"});
        plugin.command("/ask", &Ask::answer, {"Answer a question from the documents", "从文档里找答案"})
            .alias("/问")
            .rest("question", {.summary = {"In your own words", "用你自己的话问"}, .required = true, .maximum = 500});
        plugin.settings().text("index", {.summary = {"A file made by ask-index, or the folder where it lies as ask.db",
                                                     "ask-index 生成的文件，或存放 ask.db 的文件夹"}});
        plugin.reads("$index");
    }

    explicit Ask(riposte::Host host) : host_(host) {
        const std::optional<fs::path> path = index_path();
        if (path) file_.emplace(*path);
        else builtin_.emplace(Database::open_in_memory(riposte::ask::builtin_index()));
    }

    void answer(riposte::Invocation call) { call.reply(riposte::ask::answer(search(), call.text("question"))); }

private:
    /// What the operator set, else ask.db in the plugin's own folder, else none.
    std::optional<fs::path> index_path() const {
        const std::optional<std::string> set = host_.setting<std::string>("index");
        const fs::path own = fs::path(host_.data_dir()) / "ask.db";
        if (set && !set->empty()) return fs::is_directory(*set) ? fs::path(*set) / "ask.db" : fs::path(*set);
        return fs::exists(own) ? std::optional(own) : std::nullopt;
    }

    Search& search() {
        if (!file_) return *builtin_;
        Search& current = file_->current();
        if (file_->trouble() != told_) {
            told_ = file_->trouble();
            if (!told_.empty()) host_.warning("the new index does not serve, the old one does: " + told_);
        }
        return current;
    }

    riposte::Host host_;
    std::optional<IndexFile> file_;
    std::optional<Search> builtin_;
    std::string told_;  ///< the trouble that stands in the log already
};

}  // namespace

RIPOSTE_PLUGIN(Ask, "ask", "1.0.0")
