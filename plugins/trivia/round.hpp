#pragma once

#include "questions.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// What one person has.
struct Score {
    std::string name;
    int points = 0;
};
using Scores = std::map<std::int64_t, Score>;  // by user id

/// A round in a room: the questions that are left, the open one first, and who has answered how many.
struct Round {
    std::int64_t number = 0;  // of the room's rounds
    std::int64_t host = 0;    // who began it
    std::int64_t asked_at = 0;
    std::size_t length = 0;  // questions in all
    std::vector<const Question*> left{};
    Scores scores{};

    const Question& open() const { return *left.front(); }
    std::size_t place() const { return length - left.size() + 1; }

    void save(std::ostream& text) const {
        text << number << ' ' << host << ' ' << asked_at << ' ' << length << ' ' << left.size() << ' ' << scores.size();
        for (const Question* question : left) text << '\n' << question->english;
        for (const auto& [user, score] : scores) text << '\n' << user << ' ' << score.points << ' ' << score.name;
    }

    /// A question that this build does not have is left out. Throws if the text is no round.
    static Round restored(std::istream& text) {
        Round round;
        std::size_t left = 0;
        std::size_t scores = 0;
        text >> round.number >> round.host >> round.asked_at >> round.length >> left >> scores >> std::ws;
        for (std::string line; left > 0 && std::getline(text, line); --left) {
            const auto* known = std::find_if(questions.begin(), questions.end(),
                                             [&](const Question& question) { return question.english == line; });
            if (known != questions.end()) round.left.push_back(known);
            else --round.length;
        }
        for (; scores > 0; --scores) {
            std::int64_t user = 0;
            Score score;
            text >> user >> score.points >> std::ws;
            std::getline(text, score.name);
            round.scores[user] = std::move(score);
        }
        if (text.fail()) throw std::runtime_error("the saved rounds cannot be read");
        return round;
    }
};

/// "1. alice — 3", the best first.
inline std::string ranking(const Scores& scores) {
    std::vector<Score> sorted;
    for (const auto& [user, score] : scores) sorted.push_back(score);
    std::stable_sort(sorted.begin(), sorted.end(), [](const Score& a, const Score& b) { return a.points > b.points; });
    std::string text;
    for (std::size_t i = 0; i < sorted.size() && i < 20; ++i)
        text +=
            (i ? "\n" : "") + std::to_string(i + 1) + ". " + sorted[i].name + " — " + std::to_string(sorted[i].points);
    return text;
}
