#include "author/transcript.hpp"

#include "author/fault.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace riposte {
namespace {

using Mark = TranscriptLine::Mark;

constexpr std::array<std::pair<std::string_view, Mark>, 4> marks{
    {{"<~", Mark::Ephemeral}, {">", Mark::Said}, {"<", Mark::Answer}, {"!", Mark::Fault}}};
constexpr std::string_view anything = "[...]";

std::string_view without_end(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

/// A fault is shown in several lines, of which any one may be expected: the usage, or what is wrong.
bool fault_agrees(std::string_view expected, std::string_view shown) {
    for (std::size_t begin = 0; begin <= shown.size();) {
        const auto end = std::min(shown.find('\n', begin), shown.size());
        if (agrees(expected, without_caret(shown.substr(begin, end - begin)))) return true;
        begin = end + 1;
    }
    return false;
}

std::string shown(const TranscriptLine& line) { return std::string(mark_text(line.mark)) + " " + line.text; }

}  // namespace

std::string_view mark_text(Mark mark) {
    for (const auto& [text, known] : marks)
        if (known == mark) return text;
    return "";
}

Result<std::vector<TranscriptLine>> parse_transcript(std::string_view text) {
    std::vector<TranscriptLine> lines;
    std::size_t number = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto whole = text.substr(0, end);
        const auto line = without_end(whole);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        if (whole.starts_with("  ") && !lines.empty()) {
            // Under a fault stands the caret, which is for the eye.
            if (lines.back().mark != Mark::Fault)
                lines.back().text += "\n" + std::string(line.substr(std::min<std::size_t>(2, line.size())));
            continue;
        }
        if (line.empty() || line[0] == '#' || line[0] == '~') continue;
        const auto* known = std::find_if(marks.begin(), marks.end(), [&](const auto& mark) {
            return line == mark.first || line.starts_with(std::string(mark.first) + " ");
        });
        if (known == marks.end())
            return Problem{
                .code = ErrorCode::InvalidValue,
                .detail = "line " + std::to_string(number) + " begins with none of \"> \", \"< \", \"<~ \", \"! \""};
        const auto rest = line.substr(std::min(known->first.size() + 1, line.size()));
        lines.push_back({known->second, std::string(rest), number});
    }
    return lines;
}

bool agrees(std::string_view expected, std::string_view text) {
    const auto gap = expected.find(anything);
    if (gap == std::string_view::npos) return without_end(expected) == without_end(text);
    if (!text.starts_with(expected.substr(0, gap))) return false;
    const auto rest = expected.substr(gap + anything.size());
    for (std::size_t skipped = gap; skipped <= text.size(); ++skipped)
        if (agrees(rest, text.substr(skipped))) return true;
    return false;
}

void TranscriptRecorder::hear(const Utterance& utterance) {
    if (utterance.kind == Utterance::Kind::Piece) return;
    const auto mark = utterance.kind == Utterance::Kind::Ephemeral ? Mark::Ephemeral : Mark::Answer;
    const std::lock_guard lock(mutex_);
    lines_.push_back({mark, utterance.text, 0});
}

void TranscriptRecorder::fail(std::string_view line, const Problem& problem) {
    std::string text;
    for (const auto& each : fault_lines(line, problem)) text += (text.empty() ? "" : "\n") + each;
    const std::lock_guard lock(mutex_);
    lines_.push_back({Mark::Fault, std::move(text), 0});
}

std::vector<TranscriptLine> TranscriptRecorder::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(lines_, {});
}

std::string difference(const std::vector<TranscriptLine>& expected, const std::vector<TranscriptLine>& came) {
    for (std::size_t i = 0; i < std::max(expected.size(), came.size()); ++i) {
        if (i >= came.size()) return "nothing came, expected " + shown(expected[i]);
        if (i >= expected.size()) return "came unexpected: " + shown(came[i]);
        const bool fits = expected[i].mark == came[i].mark &&
                          (came[i].mark == Mark::Fault ? fault_agrees(expected[i].text, came[i].text)
                                                       : agrees(expected[i].text, came[i].text));
        if (!fits) return "came " + shown(came[i]) + ", expected " + shown(expected[i]);
    }
    return {};
}

}  // namespace riposte
