#pragma once

#include "author/workbench.hpp"

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace riposte {

/// One line of a transcript: what was said, or what is to come of it. "> /dice", "< 4", "<~ only you see this",
/// "! sides is missing". A line that begins with two blanks goes on with the one before.
struct TranscriptLine {
    enum class Mark : std::uint8_t { Said, Answer, Ephemeral, Fault };

    Mark mark = Mark::Said;
    std::string text;
    std::size_t number = 0;  // in the file, from 1
};

/// Blank lines and those that begin with "#" or "~" are remarks. InvalidValue names a line that is none of these.
Result<std::vector<TranscriptLine>> parse_transcript(std::string_view text);
std::string_view mark_text(TranscriptLine::Mark mark);

/// Whether that is what was expected; "[...]" in `expected` stands for any text.
bool agrees(std::string_view expected, std::string_view text);

/// Collects what a plugin puts out, as lines of a transcript: a stream is one answer, when it has ended.
class TranscriptRecorder {
public:
    /// For Workbench::Listener; any thread.
    void hear(const Utterance& utterance);
    void fail(std::string_view line, const Problem& problem);
    /// What has come since the last time.
    std::vector<TranscriptLine> take();

private:
    std::mutex mutex_;
    std::vector<TranscriptLine> lines_;
};

/// "" if `came` is what `expected` says, line by line; else what differs.
std::string difference(const std::vector<TranscriptLine>& expected, const std::vector<TranscriptLine>& came);

}  // namespace riposte
