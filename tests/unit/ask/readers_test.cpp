#include "ask/readers/readers.hpp"

#include <gmock/gmock.h>
#include <zlib.h>

#include <array>
#include <string>

namespace riposte::ask {
namespace {

using testing::HasSubstr;

std::string pack(std::string_view text) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, text.size()) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

std::string why_not(const char* name, std::string_view bytes) {
    try {
        read_document(name, bytes);
    } catch (const Unreadable& problem) {
        return problem.what();
    }
    return "it was read";
}

TEST(AskReaders, TheNameSaysTheFormat) {
    for (const char* name :
         {"a.md", "a.markdown", "a.txt", "a.html", "a.htm", "ls.1", "intro.3posix", "ls.1.gz", "a.md.gz"})
        EXPECT_TRUE(is_readable(name)) << name;
    for (const char* name : {"a", "a.pdf", "a.gz", ".1", "photo.png", "data.10k"})
        EXPECT_FALSE(is_readable(name)) << name;
}

TEST(AskReaders, UnpacksGzip) {
    const Document page = read_document("ls.1.gz", pack(".SH NAME\nls \\- list\n"));
    EXPECT_EQ(page.title, "ls(1)");
    EXPECT_EQ(page.passages.at(0).text, "ls - list");
}

TEST(AskReaders, SaysWhyAFileIsNotRead) {
    EXPECT_EQ(why_not("a.md", std::string("text\0more", 9)), "is binary");
    EXPECT_EQ(why_not("a.md", "caf\xe9"), "is not UTF-8");
    EXPECT_EQ(why_not("a.txt", "\xc4\xe3\xba\xc3"), "is not UTF-8") << "GBK";
    EXPECT_EQ(why_not("a.md", "  \n \n"), "has no text");
    EXPECT_EQ(why_not("ls.1", ".so man1/dir.1\n"), "has no text");
    EXPECT_EQ(why_not("ls.1.gz", "no gzip"), "is no whole gzip file");
    EXPECT_EQ(why_not("ls.1.gz", std::string_view(pack("some text")).substr(0, 15)), "is no whole gzip file");
    EXPECT_EQ(why_not("a.md.gz", pack(std::string(17U << 20, 'x'))), "is larger than 16 MiB") << "a bomb";
    EXPECT_EQ(why_not("a.pdf", "text"), "is of no known format");
}

TEST(AskReaders, AByteOrderMarkIsNoText) { EXPECT_EQ(read_document("a.md", "\xEF\xBB\xBF# T\n\nx").title, "T"); }

TEST(AskReaders, PlainTextHasUnderlinedHeadings) {
    const Document page = read_document("notes.txt", "Tea\n===\n\nGreen *or*\nblack.\n\nWater\n-----\nHot.\n");
    EXPECT_EQ(page.title, "notes");
    ASSERT_EQ(page.passages.size(), 2u);
    EXPECT_EQ(page.passages[0].text, "Green \\*or\\* black.");
    EXPECT_THAT(page.passages[1].headings, testing::ElementsAre("Tea", "Water"));
}

TEST(AskReaders, KnowsTheLanguageOfAPage) {
    EXPECT_EQ(read_document("a.md", "邀请别人加入 room").language, Language::Chinese);
    EXPECT_EQ(read_document("a.md", "Invite people (邀请) into a room").language, Language::English);
}

}  // namespace
}  // namespace riposte::ask
