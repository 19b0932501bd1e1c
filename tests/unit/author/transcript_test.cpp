#include "author/transcript.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using Mark = TranscriptLine::Mark;

auto line(Mark mark, const std::string& text) {
    return testing::AllOf(Field(&TranscriptLine::mark, mark), Field(&TranscriptLine::text, text));
}

TEST(Transcript, HasAMarkForWhatWasSaidAndForEachKindOfAnswer) {
    const auto lines = parse_transcript(
        "# remark\n> /a b\n< one\n  \n  two\n\n<~ mine\n~ weather.cpp changed\n> \n! usage\n     ^ x\n");
    ASSERT_TRUE(lines) << lines.error().detail;
    EXPECT_THAT(*lines, ElementsAre(line(Mark::Said, "/a b"), line(Mark::Answer, "one\n\ntwo"),
                                    line(Mark::Ephemeral, "mine"), line(Mark::Said, ""), line(Mark::Fault, "usage")));
    EXPECT_EQ(lines->back().number, 10u);
}

TEST(Transcript, NamesTheLineThatItDoesNotUnderstand) {
    const auto lines = parse_transcript("> /a\nhello\n");
    ASSERT_FALSE(lines);
    EXPECT_THAT(lines.error().detail, HasSubstr("line 2"));
    EXPECT_FALSE(parse_transcript(">x"));
}

TEST(Transcript, AGapStandsForAnyText) {
    EXPECT_TRUE(agrees("rolled [...]", "rolled 4"));
    EXPECT_TRUE(agrees("[...] of [...]", "2 of 3 of 4"));
    EXPECT_TRUE(agrees("rolled [...]", "rolled "));
    EXPECT_FALSE(agrees("rolled [...] again", "rolled 4"));
    EXPECT_FALSE(agrees("rolled", "rolled 4"));
}

TEST(Transcript, TellsWhatDiffers) {
    const std::vector<TranscriptLine> came{{Mark::Answer, "4", 0}};
    EXPECT_EQ(difference({{Mark::Answer, "4", 0}}, came), "");
    EXPECT_EQ(difference({{Mark::Answer, "5", 0}}, came), "came < 4, expected < 5");
    EXPECT_EQ(difference({{Mark::Ephemeral, "4", 0}}, came), "came < 4, expected <~ 4");
    EXPECT_EQ(difference({}, came), "came unexpected: < 4");
    EXPECT_EQ(difference({{Mark::Answer, "4", 0}, {Mark::Answer, "5", 0}}, came), "nothing came, expected < 5");
}

TEST(Transcript, AFaultIsTheUsageOrWhatIsWrong) {
    TranscriptRecorder recorder;
    recorder.fail("/weather", {.code = ErrorCode::MissingArgument,
                               .detail = "city is missing",
                               .argument = "city",
                               .usage = "/weather <city>"});
    const auto came = recorder.take();
    EXPECT_EQ(difference({{Mark::Fault, "city is missing", 0}}, came), "");
    EXPECT_EQ(difference({{Mark::Fault, "usage: /weather <city>", 0}}, came), "");
    EXPECT_NE(difference({{Mark::Fault, "city", 0}}, came), "");
    EXPECT_THAT(recorder.take(), testing::IsEmpty());
}

TEST(Transcript, AStreamIsOneAnswer) {
    TranscriptRecorder recorder;
    recorder.hear({Utterance::Kind::Piece, "one "});
    recorder.hear({Utterance::Kind::Piece, "two"});
    recorder.hear({Utterance::Kind::StreamEnd, "one two"});
    EXPECT_THAT(recorder.take(), ElementsAre(line(Mark::Answer, "one two")));
}

}  // namespace
}  // namespace riposte
