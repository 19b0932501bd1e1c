#include "ask/readers/readers.hpp"
#include "ask/readers/roff.hpp"

#include <gmock/gmock.h>

namespace riposte::ask {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Document from_manual(std::string_view text) { return read_manual("demo.1", text); }

/// The text under the one heading of a page.
std::string section(std::string_view body) {
    const Document page = from_manual(".TH DEMO 1\n.SH S\n" + std::string(body));
    return page.passages.empty() ? "" : page.passages[0].text;
}

TEST(AskManual, ThePageIsCalledAsPeopleCallIt) {
    const Document page =
        from_manual(".TH DEMO 1\n.SH NAME\ndemo \\- show it\n.SH \"SEE ALSO\"\n.BR ls (1)\n.SS Inner\nx\n");
    EXPECT_EQ(page.title, "demo(1)");
    EXPECT_EQ(page.passages[0].text, "demo - show it");
    EXPECT_EQ(page.passages[1].text, "`ls`(1)");
    EXPECT_THAT(page.passages[2].headings, ElementsAre("SEE ALSO", "Inner"));
}

struct Sample {
    const char* roff;
    const char* markdown;
};

class AskRoff : public testing::TestWithParam<Sample> {};

TEST_P(AskRoff, BecomesMarkdown) { EXPECT_EQ(section(GetParam().roff), GetParam().markdown); }

INSTANTIATE_TEST_SUITE_P(Man, AskRoff,
                         testing::Values(Sample{"one\ntwo\n.PP\nthree", "one two\n\nthree"},            //
                                         Sample{"处\n理", "处理"},                                      //
                                         Sample{"\\fBls\\fP [\\fI\\,FILE\\/\\fP]", "`ls` \\[FILE\\]"},  //
                                         Sample{".B \\-v\nsays more", "`-v` says more"},                //
                                         Sample{".BI \\-f \" file\"", "`-f` file"},                     //
                                         Sample{".TP\n.BR \\-a \", \" \\-\\-all\nshow all\n.TP\n\\-b\nother",
                                                "- `-a`, `--all`: show all\n- -b: other"},
                                         Sample{".IP \\(bu 2\nfirst\n.IP \\(bu\nsecond", "- first\n- second"},  //
                                         Sample{".nf\nint *x;\n  y_z\n.fi\nafter",
                                                "```\nint *x;\n  y_z\n```\n\nafter"},                              //
                                         Sample{"a \\(lqb\\(rq \\[em] c\\e d", "a “b” — c\\\\ d"},                 //
                                         Sample{"text .\\\" a comment\n.\\\" another\nmore", "text . more"},       //
                                         Sample{".if n yes\n.if t no\n.ie t no\n.el well", "yes well"},            //
                                         Sample{".if t \\{\\\nno\n.if n no\n.\\}\nrest", "rest"},                  //
                                         Sample{".ie n \\{\\\nyes\n.\\}\n.el \\{\\\nno\n.\\}\nrest", "yes rest"},  //
                                         Sample{".de XX\nhidden\n..\n.ds Na value\nsee \\*(Na", "see value"},      //
                                         Sample{".UR https://x.org/\nhere\n.UE", "here \\<https://x.org/>"},       //
                                         Sample{".TS\ntab(:);\nl l.\na:b\n_\nc:d\n.TE", "```\na  b\nc  d\n```"},   //
                                         Sample{"long \\\nline\\c\nend", "long line end"}));

TEST(AskManual, ReadsMdoc) {
    const Document page = from_manual(
        ".Dd today\n.Dt DEMO 1\n.Os\n.Sh NAME\n.Nm demo\n.Nd show it\n.Sh SYNOPSIS\n.Nm\n.Op Fl v\n.Op Fl o Ar file\n"
        ".Sh DESCRIPTION\n.Nm\nshows\n.Dq things ,\nsee\n.Xr ls 1 .\n.Bl -tag\n.It Fl v\nMore.\n.It Fl o Ar "
        "file\nWhere.\n.El\n"
        ".Bd -literal\nx = 1\n.Ed\n");
    ASSERT_EQ(page.passages.size(), 3u);
    EXPECT_EQ(page.title, "demo(1)");
    EXPECT_EQ(page.passages[0].text, "`demo` - show it");
    EXPECT_EQ(page.passages[1].text, "`demo` \\[`-v`\\] \\[`-o` file\\]");
    EXPECT_EQ(page.passages[2].text,
              "`demo` shows “things”, see ls(1).\n\n- `-v`: More.\n- `-o` file: Where.\n\n```\nx = 1\n```");
}

TEST(AskManual, RubbishEndsInAPoorPageAndNoFault) {
    for (const char* rubbish : {".",
                                "'",
                                "..",
                                "\\",
                                "\\f",
                                "\\f(",
                                "\\f[",
                                "\\*",
                                "\\*(",
                                "\\*[x",
                                "\\n(",
                                "\\h'",
                                "\\s+",
                                "\\[",
                                ".if",
                                ".if n \\{",
                                ".ie",
                                ".el",
                                ".el x",
                                ".de",
                                ".de x",
                                ".ig",
                                ".TS",
                                ".TS\n.",
                                ".TP",
                                ".TP\n.TP",
                                ".IP",
                                ".SH",
                                ".SH\n.SH",
                                ".ds",
                                ".ds a \\*a\n\\*a",
                                ".Sh",
                                ".Sh\n.It",
                                ".Sh\n.It Xo",
                                ".Sh\n.Xr",
                                ".Sh\n.Op Fl",
                                ".Sh\n.Nm\n.Fl\n.Ar",
                                ".B",
                                ".BR \"",
                                ".UE",
                                ".EX",
                                ".if \\n(.g .if !'x'y' z"})
        EXPECT_NO_THROW(from_manual(rubbish)) << rubbish;
}

TEST(AskManual, AStringDefinedByItselfEnds) { EXPECT_EQ(section(".ds a \\*ax\n\\*a"), "xxxxxxxx"); }

TEST(AskRoffArguments, QuotesHoldTogether) {
    EXPECT_THAT(roff_arguments("a \"b c\" d\\ e \"say \"\"hi\"\"\""), ElementsAre("a", "b c", "d\\ e", "say \"hi\""));
}

}  // namespace
}  // namespace riposte::ask
