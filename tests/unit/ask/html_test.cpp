#include "ask/readers/readers.hpp"

#include <gmock/gmock.h>

namespace riposte::ask {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Document from_html(std::string_view text) { return read_html("page.html", text); }

TEST(AskHtml, ReadsWhatAReaderSees) {
    const Document page = from_html(
        "<!doctype html><html><head><title>The &amp; Title</title><style>p{}</style><script>var x='<p>no</p>'</script>"
        "</head><body><nav>menu</nav><h1>Top</h1><p>Some <b>bold</b>\n  text &#x4e2d;&#25991;.<p>Next"
        "<h2>Inner <code>x</code></h2><ul><li>one<li>two</ul><pre>a\n  b</pre></body>");
    EXPECT_EQ(page.title, "The & Title");
    ASSERT_EQ(page.passages.size(), 2u);
    EXPECT_EQ(page.passages[0].text, "Some bold text 中文.\n\nNext");
    EXPECT_THAT(page.passages[1].headings, ElementsAre("Top", "Inner `x`"));
    EXPECT_EQ(page.passages[1].text, "- one\n- two\n\n```\na\n  b\n```");
}

TEST(AskHtml, PlainSignsDoNotBecomeMarkdown) {
    EXPECT_EQ(from_html("<p>2 * 3 * 4 &lt; a_b_c</p>").passages[0].text, "2 \\* 3 \\* 4 \\< a\\_b\\_c");
    EXPECT_EQ(from_html("<p>run <code>a_b *</code> now").passages[0].text, "run `a_b *` now");
}

TEST(AskHtml, RubbishIsReadAsFarAsItGoes) {
    for (const char* rubbish : {"<", "<a", "a < b", "<p", "</", "<!--", "<script>", "&#xFFFFFFFF;&nosuch;&",
                                "<h7>x</h9>", "<pre><code>", "<li><li><li>", "<p>&#0;</p>"})
        EXPECT_NO_THROW(from_html(rubbish)) << rubbish;
    EXPECT_EQ(from_html("1 < 2 and <3").passages[0].text, "1 \\< 2 and \\<3");
}

}  // namespace
}  // namespace riposte::ask
