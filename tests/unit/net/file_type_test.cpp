#include "net/file_type.hpp"

#include <gtest/gtest.h>

namespace riposte {
namespace {

using namespace std::string_view_literals;

TEST(FileType, IsToldByTheFirstBytesAlone) {
    struct Case {
        std::string_view bytes, type;
    };
    const Case cases[] = {
        {"\x89PNG\r\n\x1a\n rest"sv, "image/png"},
        {"\xff\xd8\xff\xe0"sv, "image/jpeg"},
        {"GIF89a..."sv, "image/gif"},
        {"RIFF\x10\0\0\0WEBPVP8 "sv, "image/webp"},
        {"%PDF-1.7"sv, "application/pdf"},
        {"<html><script>alert(1)</script>"sv, "text/plain"},
        {"<svg xmlns='http://www.w3.org/2000/svg'/>"sv, "text/plain"},
        {"你好\xe4\xbd"sv, "text/plain"},  // cut in the middle of a character
        {"\0\1\2\3"sv, "application/octet-stream"},
        {"\xff\xfe\xfd\xfc\xfb\xfa text"sv, "application/octet-stream"},
    };
    for (const auto& [bytes, type] : cases) EXPECT_EQ(file_type(bytes), type) << bytes;
}

TEST(FileType, OnlyPlainPicturesAreShown) {
    for (const auto type : {"image/png"sv, "image/jpeg"sv, "image/gif"sv, "image/webp"sv})
        EXPECT_TRUE(is_picture(type)) << type;
    for (const auto type : {"image/svg+xml"sv, "text/html"sv, "application/pdf"sv, "text/plain"sv, ""sv})
        EXPECT_FALSE(is_picture(type)) << type;
}

}  // namespace
}  // namespace riposte
