#pragma once

#include "ask/question.hpp"

#include <string_view>
#include <vector>

namespace riposte::ask {

/// How well a text meets a question; each from 0 to 1.
struct Match {
    double coverage;  ///< share of what is asked that the text or its names speak of, by weight
    double nearness;  ///< whether neighbours in the question are neighbours in the text
    double headed;    ///< likeness of the question and the text's own heading: 1 when they speak of the same
    double named;     ///< share of what is asked that is in the names alone
};

/// `weights` has one entry a term of the question; `names` are the title and headings that the text stands under, a line
/// each, its own heading last.
Match compare(const Question& question, const std::vector<double>& weights, std::string_view names,
              std::string_view text);

}  // namespace riposte::ask
