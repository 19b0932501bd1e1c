#pragma once

#include "ask/database.hpp"
#include "ask/document.hpp"
#include "ask/question.hpp"

#include <string>
#include <vector>

namespace riposte::ask {

/// How much each sign of a good answer counts; all signs go from 0 to about 1. Measured, see docs/decisions/0040.
struct Ranking {
    double title = 6, lead = 4, headings = 2, body = 1;  ///< columns of a page in BM25
    double passage_headings = 2, passage_body = 1;       ///< columns of a passage in BM25
    double page = 1;                                     ///< BM25 of the whole page
    double passage = 1.2;                                ///< BM25 of the passage
    double coverage = 0.5;        ///< how much of the question the passage and its headings speak of
    double nearness = 0.3;        ///< whether its words stand as near each other as in the question
    double headed = 0.6;          ///< how alike the question and the passage's own heading are
    double opening = 1;           ///< how much of the question the page's first words speak of
    double named = 0.3;           ///< how much of it is in the title
    double early = 0.1;           ///< for the first passage, less for later ones
    double other_language = 0.8;  ///< factor for a page not in the language of the question
};

/// The best passage of one source.
struct Hit {
    std::string title, name;
    Language language;
    Passage passage;
    double score;  ///< only meaningful beside other hits of the same question
    double
        coverage;  ///< 0 to 1: the share of the question that passage and headings speak of, rare words counting more
    bool named;    ///< the title or the passage's own heading speaks of the question, too
};

/// A finished index, opened for reading. One thread at a time.
class Search {
public:
    /// Throws DatabaseError when that is no index, or one of another format.
    explicit Search(Database index, const Ranking& ranking = {});

    /// The best sources, best first, each with its best passage.
    std::vector<Hit> find(const Question& question, std::size_t limit);

private:
    struct Candidate;
    std::vector<double> weights_of(const Question& question);
    std::vector<Candidate> candidates(const Question& question);
    void add_passages(const Question& question, std::vector<Candidate>& candidates);
    void keep_leaders(std::vector<Candidate>& candidates) const;
    Hit judge(const Question& question, const std::vector<double>& weights, const Candidate& candidate);

    Ranking ranking_;
    Database db_;
    Statement frequency_, pages_, passages_, source_, passage_;
    double page_count_ = 0;
};

}  // namespace riposte::ask
