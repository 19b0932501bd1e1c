#pragma once

#include "ask/document.hpp"
#include "ask/question.hpp"

#include <string_view>
#include <vector>

namespace riposte::ask {

/// How well a passage meets a question; each from 0 to 1.
struct Match {
    double coverage;    ///< share of the units found in the text, its headings or the title, by weight
    double nearness;    ///< whether neighbours in the question are neighbours in the text
    double named;       ///< share of the units found in the title or the headings
};

/// `weights` has one entry a term of the question.
Match compare(const Question& question, const std::vector<double>& weights, std::string_view title, const Passage& passage);

}  // namespace riposte::ask
