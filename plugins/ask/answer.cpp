#include "ask/answer.hpp"

#include "ask/excerpt.hpp"

#include <ranges>
#include <vector>

namespace riposte::ask {
namespace {

constexpr std::size_t longest_excerpt = 1000;  // bytes: about a screen of a phone
constexpr std::size_t sources_shown = 3;

// How much of the question an answer must speak of. Measured over questions with and without an answer, see
// docs/decisions/0040: in thousands of pages some long passage has most of the words by chance, but hardly ever a heading.
constexpr double sure_when_named = 0.45;
constexpr double sure_otherwise = 0.8;
constexpr double worth_a_look = 0.2;  // coverage, of a source that is only named

struct Wording {
    std::string_view source, see_also, between, open, close, unknown;
};

constexpr Wording english{
    .source = "Source: ",
    .see_also = " · See also: ",
    .between = "; ",
    .open = " (",
    .close = ")",
    .unknown = "I don't know: the documents I have say nothing about that. Other words may help.",
};
constexpr Wording chinese{
    .source = "来源：",
    .see_also = " · 另见：",
    .between = "；",
    .open = "（",
    .close = "）",
    .unknown = "我不知道：手头的文档没有提到这个。换个说法也许能找到。",
};

const Wording& wording_for(Language language) { return language == Language::Chinese ? chinese : english; }

std::string path_of(const std::vector<std::string>& headings) {
    std::string path;
    for (const std::string& heading : headings) path += (path.empty() ? "" : " › ") + heading;
    return path;
}

/// "Rooms › Invite links (`en/rooms.md`)".
std::string source_of(const Hit& hit, const Wording& wording) {
    const std::string place = path_of(hit.passage.headings);
    std::string source = escape_markdown(hit.title, Place::MidLine) + (place.empty() ? "" : " › " + place);
    return source.append(wording.open).append("`" + hit.name + "`").append(wording.close);
}

}  // namespace

bool is_sure(const Hit& hit) { return hit.coverage >= (hit.named ? sure_when_named : sure_otherwise); }

std::string answer(Search& search, std::string_view question) {
    const Question read = read_question(question);
    const Wording& wording = wording_for(read.language);
    const std::vector<Hit> hits = search.find(read, sources_shown);
    if (hits.empty() || !is_sure(hits.front())) return std::string(wording.unknown);
    const Hit& best = hits.front();
    const std::string heading =
        best.passage.headings.empty() ? escape_markdown(best.title) : best.passage.headings.back();
    std::string reply = "**" + heading + "**\n\n" + excerpt(read, best.passage.text, longest_excerpt) + "\n\n";
    reply.append(wording.source).append(source_of(best, wording));
    std::string_view before = wording.see_also;
    for (const Hit& other : hits | std::views::drop(1)) {
        if (other.coverage < worth_a_look || other.language != best.language) continue;
        reply.append(before).append(source_of(other, wording));
        before = wording.between;
    }
    return reply;
}

}  // namespace riposte::ask
