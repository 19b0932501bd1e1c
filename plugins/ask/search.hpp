#pragma once

#include "ask/database.hpp"
#include "ask/document.hpp"
#include "ask/question.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace riposte::ask {

/// How much each sign of a good answer counts. Measured, see docs/decisions/0040.
struct Ranking {
    double title = 6, lead = 3, headings = 2, body = 1;    ///< columns of a page in BM25
    double passage_headings = 2, passage_body = 1;         ///< columns of a passage in BM25
    double page = 1, passage = 0.5, coverage = 0.5, nearness = 0.3, named = 0.3;
    double other_language = 0.5;                           ///< factor for a page not in the language of the question
};

/// The best passage of one source.
struct Hit {
    std::string title, name;
    Language language;
    Passage passage;
    double score;       ///< only meaningful beside other hits of the same question
    double coverage;    ///< 0 to 1: the share of what was asked that the passage and its headings speak of, rare words counting more
};

/// A finished index, opened for reading. One thread at a time.
class Search {
public:
    /// Throws DatabaseError when the file is missing, damaged or of another format.
    explicit Search(const std::filesystem::path& index, const Ranking& ranking = {});

    /// The best sources, best first, each with its best passage.
    std::vector<Hit> find(const Question& question, std::size_t limit);

private:
    struct Candidate;
    std::vector<double> weights_of(const Question& question);
    std::vector<Candidate> candidates(const Question& question);
    void add_passages(const Question& question, std::vector<Candidate>& candidates);
    Hit judge(const Question& question, const std::vector<double>& weights, const Candidate& candidate);

    Database db_;
    Ranking ranking_;
    double pages_ = 0;
};

}  // namespace riposte::ask
