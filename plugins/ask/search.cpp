#include "ask/search.hpp"

#include "ask/index.hpp"
#include "ask/match.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace riposte::ask {
namespace {

constexpr std::int64_t pages_judged = 40;
constexpr std::size_t passages_judged = 3;    // of each page

Database open(const std::filesystem::path& index) {
    Database db = Database::open_for_reading(index);
    Statement version = db.prepare("PRAGMA user_version");
    if (!version.step() || version.integer(0) != index_format) throw DatabaseError("is an index of another version; run ask-index again");
    return db;
}

std::string bm25(std::string_view table, std::initializer_list<double> weights) {
    std::string call = "bm25(" + std::string(table);
    for (const double weight : weights) call += ", " + std::to_string(weight);
    return call + ")";
}

}  // namespace

struct Search::Candidate {
    struct Place {
        std::int64_t passage;
        double score;
    };
    std::int64_t source;
    double score;                 ///< BM25 of the whole page, greater is better
    std::vector<Place> places;    ///< best first
};

Search::Search(const std::filesystem::path& index, const Ranking& ranking) : db_(open(index)), ranking_(ranking) {
    Statement count = db_.prepare("SELECT count(*) FROM sources");
    if (count.step()) pages_ = static_cast<double>(count.integer(0));
}

std::vector<Hit> Search::find(const Question& question, std::size_t limit) {
    if (question.terms.empty()) return {};
    const std::vector<double> weights = weights_of(question);
    std::vector<Candidate> found = candidates(question);
    add_passages(question, found);
    std::vector<Hit> hits;
    for (const Candidate& candidate : found)
        if (!candidate.places.empty()) hits.push_back(judge(question, weights, candidate));
    std::ranges::stable_sort(hits, std::greater{}, &Hit::score);
    if (hits.size() > limit) hits.resize(limit);
    return hits;
}

/// Inverse document frequency, as BM25 has it; never below a little, so that a word found everywhere still counts.
std::vector<double> Search::weights_of(const Question& question) {
    std::vector<double> weights;
    Statement frequency = db_.prepare("SELECT doc FROM page_vocabulary WHERE term = ?");
    for (const std::string& term : question.terms) {
        const double pages = frequency.bind(term).step() ? static_cast<double>(frequency.integer(0)) : 0;
        weights.push_back(std::max(0.1, std::log(1 + (pages_ - pages + 0.5) / (pages + 0.5))));
    }
    return weights;
}

std::vector<Search::Candidate> Search::candidates(const Question& question) {
    const std::string rank = bm25("page_words", {ranking_.title, ranking_.lead, ranking_.headings, ranking_.body});
    Statement pages = db_.prepare("SELECT rowid, -" + rank + " AS score FROM page_words WHERE page_words MATCH ? ORDER BY score DESC LIMIT ?");
    std::vector<Candidate> candidates;
    const std::string match = question.match();
    pages.bind(match, pages_judged);
    while (pages.step()) candidates.push_back({pages.integer(0), pages.real(1), {}});
    return candidates;
}

void Search::add_passages(const Question& question, std::vector<Candidate>& candidates) {
    std::string sources;
    std::unordered_map<std::int64_t, Candidate*> by_source;
    for (Candidate& candidate : candidates) {
        sources += (sources.empty() ? "" : ",") + std::to_string(candidate.source);
        by_source[candidate.source] = &candidate;
    }
    const std::string rank = bm25("passage_words", {ranking_.passage_headings, ranking_.passage_body});
    Statement passages = db_.prepare("SELECT id, source, -" + rank +
                                     " AS score FROM passage_words JOIN passages ON id = passage_words.rowid"
                                     " WHERE passage_words MATCH ? AND source IN (" + sources + ") ORDER BY score DESC");
    const std::string match = question.match();
    passages.bind(match);
    while (passages.step()) {
        std::vector<Candidate::Place>& places = by_source.at(passages.integer(1))->places;
        if (places.size() < passages_judged) places.push_back({passages.integer(0), passages.real(2)});
    }
}

Hit Search::judge(const Question& question, const std::vector<double>& weights, const Candidate& candidate) {
    Statement source = db_.prepare("SELECT title, name, language FROM sources WHERE id = ?");
    source.bind(candidate.source).step();
    Hit best{source.text(0), source.text(1), static_cast<Language>(source.integer(2)), {}, -1, 0};
    Statement passage = db_.prepare("SELECT headings, text FROM passages WHERE id = ?");
    double total = 0;
    for (const double weight : weights) total += weight;
    const double ceiling = 2.2 * total;
    for (const Candidate::Place& place : candidate.places) {
        passage.bind(place.passage).step();
        Passage text{split_headings(passage.text(0)), passage.text(1)};
        const Match match = compare(question, weights, best.title, text);
        double score = ranking_.page * candidate.score / ceiling + ranking_.passage * place.score / ceiling +
                             ranking_.coverage * match.coverage + ranking_.nearness * match.nearness + ranking_.named * match.named;
        if (best.language != question.language) score *= ranking_.other_language;
        if (score <= best.score) continue;
        best.passage = std::move(text);
        best.score = score;
        best.coverage = match.coverage;
    }
    return best;
}

}  // namespace riposte::ask
