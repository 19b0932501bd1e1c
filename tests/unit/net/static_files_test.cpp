#include "net/static_files.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

namespace riposte {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::Key;
using testing::Not;
using testing::Pair;

class StaticFilesTest : public testing::Test {
protected:
    StaticFilesTest() {
        write("index.html", "<html>client</html>");
        write("favicon.svg", "<svg/>");
        write("assets/main-4f2a.js", "plain");
        write("assets/main-4f2a.js.br", "brotli");
        write("assets/main-4f2a.js.gz", "gzip");
    }
    ~StaticFilesTest() override { fs::remove_all(folder_); }

    void write(const std::string& name, const std::string& text) {
        fs::create_directories((folder_ / name).parent_path());
        std::ofstream(folder_ / name) << text;
    }
    Result<Response> get(FileRequest request) { return StaticFiles(folder_).answer(request); }

    fs::path folder_ = fs::temp_directory_path() / ("riposte_static_" + Uuid::make().to_string());
};

TEST_F(StaticFilesTest, ServesTheClientAtItsRoot) {
    const auto page = get({.path = "/", .accept = "text/html,*/*;q=0.8"});
    ASSERT_TRUE(page);
    EXPECT_EQ(page->body, "<html>client</html>");
    EXPECT_EQ(page->content_type, "text/html; charset=utf-8");
    EXPECT_THAT(page->headers, Contains(Pair("Cache-Control", "no-cache")));
}

TEST_F(StaticFilesTest, GivesPagesOfTheClientsRouterToBrowsersOnly) {
    EXPECT_EQ(get({.path = "/r/tea", .accept = "text/html"})->body, "<html>client</html>");
    EXPECT_FALSE(get({.path = "/r/tea", .accept = "application/json"}));
    EXPECT_FALSE(get({.path = "/assets/gone-1234.js", .accept = "text/html"}));
    EXPECT_FALSE(get({.path = "/robots.txt", .accept = "text/html"}));
}

TEST_F(StaticFilesTest, ServesTheSmallestFormThatIsUnderstood) {
    const auto path = "/assets/main-4f2a.js";
    EXPECT_EQ(get({.path = path})->body, "plain");
    EXPECT_EQ(get({.path = path, .accept_encoding = "gzip, deflate"})->body, "gzip");
    const auto brotli = get({.path = path, .accept_encoding = "gzip, deflate, br"});
    EXPECT_EQ(brotli->body, "brotli");
    EXPECT_EQ(brotli->content_type, "text/javascript; charset=utf-8");
    EXPECT_THAT(brotli->headers, Contains(Pair("Content-Encoding", "br")));
    EXPECT_THAT(brotli->headers, Contains(Pair("Vary", "Accept-Encoding")));
    EXPECT_EQ(get({.path = path, .accept_encoding = "br;q=0, gzip"})->body, "gzip");
    EXPECT_FALSE(get({.path = "/assets/main-4f2a.js.br"}));
}

TEST_F(StaticFilesTest, HashedNamesLastForEver) {
    EXPECT_THAT(get({.path = "/assets/main-4f2a.js"})->headers,
                Contains(Pair("Cache-Control", HasSubstr("immutable"))));
    EXPECT_THAT(get({.path = "/favicon.svg"})->headers, Contains(Pair("Cache-Control", "no-cache")));
}

TEST_F(StaticFilesTest, AnUnchangedFileIsNotSentAgain) {
    const auto etag_of = [](const Response& response) {
        for (const auto& [name, value] : response.headers)
            if (name == "ETag") return value;
        return std::string();
    };
    const auto first = get({.path = "/favicon.svg"});
    const auto etag = etag_of(*first);
    const auto again = get({.path = "/favicon.svg", .if_none_match = etag});
    EXPECT_EQ(again->status, 304);
    EXPECT_EQ(again->body, "");
    EXPECT_EQ(get({.path = "/favicon.svg", .if_none_match = "\"other\""})->status, 200);
    write("favicon.svg", "<svg>new</svg>");
    EXPECT_EQ(get({.path = "/favicon.svg", .if_none_match = etag})->status, 200);
}

TEST_F(StaticFilesTest, NothingOutsideTheFolderIsThere) {
    fs::create_symlink("/etc/passwd", folder_ / "passwd.html");
    fs::create_directory_symlink("/etc", folder_ / "etc");
    const StaticFiles files(folder_);
    for (const auto* path :
         {"/passwd.html", "/etc/hostname", "/../etc/passwd", "//etc/passwd", "/index.html/", "index.html"})
        EXPECT_FALSE(files.answer({.path = path, .accept = "image/png"})) << path;
}

TEST(StaticFiles, SayWhenTheClientIsNotBuilt) {
    const auto page = StaticFiles("/nowhere/at/all").answer({.path = "/", .accept = "text/html"});
    ASSERT_TRUE(page);
    EXPECT_EQ(page->status, 404);
    EXPECT_THAT(page->body, HasSubstr("script/server"));
}

}  // namespace
}  // namespace riposte
