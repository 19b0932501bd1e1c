#include "ask/search.hpp"

#include "ask/index.hpp"
#include "ask/match.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace riposte::ask {
namespace {

constexpr std::int64_t pages_found = 40;
constexpr std::size_t pages_judged = 16;    // of them: those that lead by BM25 of page and passage together
constexpr std::size_t passages_judged = 3;  // of each page

Database checked(Database db) {
    Statement version = db.prepare("PRAGMA user_version");
    if (!version.step() || version.integer(0) != index_format)
        throw DatabaseError("is an index of another version; run ask-index again");
    return db;
}

std::string bm25(std::string_view table, std::initializer_list<double> weights) {
    std::string call = "bm25(" + std::string(table);
    for (const double weight : weights) call += ", " + std::to_string(weight);
    return call + ")";
}

std::string lines_of(const std::string& title, const std::vector<std::string>& headings) {
    std::string lines = title;
    for (const std::string& heading : headings) lines += "\n" + heading;
    return lines;
}

/// What a text would score that met every term as well as BM25 can reward: FTS5 has k1 = 1.2.
double best_bm25(const std::vector<double>& weights) {
    return 2.2 * std::accumulate(weights.begin(), weights.end(), 0.0);
}

}  // namespace

struct Search::Candidate {
    struct Place {
        std::int64_t passage;
        double score;
    };
    std::int64_t source;
    double score;               ///< BM25 of the whole page, greater is better
    std::vector<Place> places;  ///< best first
};

Search::Search(Database index, const Ranking& ranking)
    : ranking_(ranking),
      db_(checked(std::move(index))),
      frequency_(db_.prepare("SELECT doc FROM page_vocabulary WHERE term = ?")),
      pages_(db_.prepare("SELECT rowid, -" +
                         bm25("page_words", {ranking.title, ranking.lead, ranking.headings, ranking.body}) +
                         " AS score FROM page_words WHERE page_words MATCH ? ORDER BY score DESC LIMIT ?")),
      passages_(db_.prepare("SELECT rowid, -" +
                            bm25("passage_words", {ranking.passage_headings, ranking.passage_body}) +
                            " AS score FROM passage_words WHERE passage_words MATCH ? AND rowid >> " +
                            std::to_string(passage_bits) + " IN (SELECT value FROM json_each(?)) ORDER BY score DESC")),
      source_(db_.prepare("SELECT title, name, language, lead FROM sources WHERE id = ?")),
      passage_(db_.prepare("SELECT headings, text FROM passages WHERE id = ?")) {
    Statement count = db_.prepare("SELECT count(*) FROM sources");
    if (count.step()) page_count_ = static_cast<double>(count.integer(0));
}

std::vector<Hit> Search::find(const Question& question, std::size_t limit) {
    if (question.terms.empty()) return {};
    const std::vector<double> weights = weights_of(question);
    std::vector<Candidate> found = candidates(question);
    add_passages(question, found);
    std::vector<Hit> hits;
    for (const Candidate& candidate : found) hits.push_back(judge(question, weights, candidate));
    std::ranges::stable_sort(hits, std::greater{}, &Hit::score);
    if (hits.size() > limit) hits.resize(limit);
    return hits;
}

/// Inverse document frequency, as BM25 has it; never below a little, so that a word found everywhere still counts.
std::vector<double> Search::weights_of(const Question& question) {
    std::vector<double> weights;
    for (const std::string& term : question.terms) {
        const double pages = frequency_.bind(term).step() ? static_cast<double>(frequency_.integer(0)) : 0;
        weights.push_back(std::max(0.1, std::log(1 + (page_count_ - pages + 0.5) / (pages + 0.5))));
    }
    return weights;
}

std::vector<Search::Candidate> Search::candidates(const Question& question) {
    std::vector<Candidate> candidates;
    const std::string match = question.match();
    pages_.bind(match, pages_found);
    while (pages_.step()) candidates.push_back({pages_.integer(0), pages_.real(1), {}});
    return candidates;
}

void Search::add_passages(const Question& question, std::vector<Candidate>& candidates) {
    std::string sources;
    std::unordered_map<std::int64_t, Candidate*> by_source;
    for (Candidate& candidate : candidates) {
        sources += (sources.empty() ? "[" : ",") + std::to_string(candidate.source);
        by_source[candidate.source] = &candidate;
    }
    sources += "]";
    const std::string match = question.match();
    passages_.bind(match, sources);
    while (passages_.step()) {
        std::vector<Candidate::Place>& places = by_source.at(source_of(passages_.integer(0)))->places;
        if (places.size() < passages_judged) places.push_back({passages_.integer(0), passages_.real(1)});
    }
    keep_leaders(candidates);
}

/// Reading passages is the dear part of a search.
void Search::keep_leaders(std::vector<Candidate>& candidates) const {
    std::erase_if(candidates, [](const Candidate& candidate) { return candidate.places.empty(); });
    std::ranges::stable_sort(candidates, std::greater{}, [this](const Candidate& candidate) {
        return ranking_.page * candidate.score + ranking_.passage * candidate.places.front().score;
    });
    if (candidates.size() > pages_judged) candidates.resize(pages_judged);
}

Hit Search::judge(const Question& question, const std::vector<double>& weights, const Candidate& candidate) {
    source_.bind(candidate.source).step();
    Hit best{source_.text(0), source_.text(1), static_cast<Language>(source_.integer(2)), {}, -1, 0, false};
    const Match opening = compare(question, weights, best.title, source_.text(3));
    const double ceiling = best_bm25(weights);
    const double of_page = ranking_.page * candidate.score / ceiling + ranking_.opening * opening.coverage +
                           ranking_.named * opening.named;
    for (const Candidate::Place& place : candidate.places) {
        passage_.bind(place.passage).step();
        Passage text{split_headings(passage_.text(0)), passage_.text(1)};
        const Match match = compare(question, weights, lines_of(best.title, text.headings), text.text);
        double score = of_page + ranking_.passage * place.score / ceiling + ranking_.coverage * match.coverage +
                       ranking_.nearness * match.nearness + ranking_.headed * match.headed +
                       ranking_.early / static_cast<double>(1 + place_of(place.passage));
        if (best.language != question.language) score *= ranking_.other_language;
        if (score <= best.score) continue;
        best.passage = std::move(text);
        best.score = score;
        best.coverage = match.coverage;
        best.named = match.headed > 0 || opening.named > 0;
    }
    return best;
}

}  // namespace riposte::ask
