#include "net/static_files.hpp"

#include "base/log.hpp"
#include "base/read_file.hpp"
#include "net/field_text.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace riposte {
namespace {

namespace fs = std::filesystem;
using namespace std::string_view_literals;
using Pair = std::pair<std::string_view, std::string_view>;

constexpr auto content_types = std::to_array<Pair>({
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".wasm", "application/wasm"},
    {".txt", "text/plain; charset=utf-8"},
});

constexpr auto not_built_page =
    "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Riposte</title>\n"
    "<h1>Riposte is running</h1>\n"
    "<p>The web client is not there: it has not been built, or <code>http.web_root</code> names another folder. "
    "<code>script/server</code> builds it. The API answers under <code>/api/v1</code>.</p>\n"
    "<p lang=\"zh-CN\">服务器已在运行，但网页客户端尚未构建。请运行 <code>script/server</code>。</p>\n</html>\n"sv;

std::string_view content_type(const fs::path& file) {
    const auto found = std::ranges::find(content_types, file.extension().string(), &Pair::first);
    return found == content_types.end() ? "application/octet-stream"sv : found->second;
}

/// FNV-1a: tells two builds of a file apart; nothing depends on it being hard to forge.
std::string fingerprint(std::string_view bytes) {
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return std::to_string(hash);
}

bool accepts(std::string_view accept_encoding, std::string_view coding) {
    for (const auto& [name, quality] : preferences(accept_encoding))
        if (name == coding) return quality > 0;
    return false;
}

/// A client that asks for whatever there is (curl) gets the page too.
bool wants_page(std::string_view accept) {
    return accept.empty() || accept.find("text/html") != std::string_view::npos || accept.starts_with("*/*");
}

bool matches(std::string_view if_none_match, const std::string& etag) {
    for (auto item : list_items(if_none_match)) {
        if (item.starts_with("W/")) item.remove_prefix(2);
        if (item == "*" || item == etag) return true;
    }
    return false;
}

}  // namespace

StaticFiles::StaticFiles(const std::string& folder) {
    std::error_code unreadable;
    for (fs::recursive_directory_iterator entry(folder, unreadable), end; !unreadable && entry != end;
         entry.increment(unreadable)) {
        if (entry->is_symlink() || !entry->is_regular_file()) continue;  // a link may lead out of the folder
        auto file = entry->path();
        const auto coding = file.extension();
        const bool compressed = coding == ".br" || coding == ".gz";
        if (compressed) file.replace_extension();
        const auto path = "/" + file.lexically_relative(folder).generic_string();
        auto& kept = files_[path];
        (coding == ".br"   ? kept.brotli
         : coding == ".gz" ? kept.gzip
                           : kept.plain) = read_file(entry->path()).value_or("");
        kept.content_type = content_type(file);
        kept.immutable = path.starts_with("/assets/");
    }
    std::erase_if(files_, [](const auto& file) { return file.second.plain.empty(); });
    for (auto& [path, file] : files_) file.etag = fingerprint(file.plain);
    if (!files_.contains("/index.html")) {
        log::warning("the web client is not built", {{"folder", folder}});
        files_.clear();
    }
}

const StaticFiles::File* StaticFiles::find(const FileRequest& request) const {
    auto file = files_.find(request.path);
    const auto last_segment = request.path.substr(request.path.rfind('/') + 1);
    const bool names_file = last_segment.find('.') != std::string_view::npos || request.path.starts_with("/assets/");
    if (file == files_.end() && !names_file && wants_page(request.accept)) file = files_.find("/index.html"sv);
    return file == files_.end() ? nullptr : &file->second;
}

Result<Response> StaticFiles::answer(const FileRequest& request) const {
    if (files_.empty() && wants_page(request.accept))
        return Response{.status = 404,
                        .content_type = "text/html; charset=utf-8",
                        .body = std::string(not_built_page),
                        .headers = {}};
    const auto* file = find(request);
    if (!file) return Problem{.code = ErrorCode::NotFound};

    const bool brotli = !file->brotli.empty() && accepts(request.accept_encoding, "br");
    const bool gzip = !brotli && !file->gzip.empty() && accepts(request.accept_encoding, "gzip");
    const std::string etag = '"' + file->etag + (brotli ? "-br" : gzip ? "-gz" : "") + '"';
    Response response{.status = 200, .content_type = file->content_type, .body = {}, .headers = {}};
    response.headers.emplace_back("ETag", etag);
    response.headers.emplace_back("Vary", "Accept-Encoding");
    response.headers.emplace_back("Cache-Control",
                                  file->immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (matches(request.if_none_match, etag)) {
        response.status = 304;
        return response;
    }
    if (brotli) response.headers.emplace_back("Content-Encoding", "br");
    if (gzip) response.headers.emplace_back("Content-Encoding", "gzip");
    response.body = brotli ? file->brotli : gzip ? file->gzip : file->plain;
    return response;
}

}  // namespace riposte
