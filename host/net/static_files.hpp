#pragma once

#include "base/result.hpp"
#include "net/http.hpp"

#include <map>
#include <string>
#include <string_view>

namespace riposte {

/// What a browser says it would take.
struct FileRequest {
    std::string_view path;    // decoded: "/assets/main-4f2a.js"
    std::string_view accept;  // the fields of the request, "" where absent
    std::string_view accept_encoding;
    std::string_view if_none_match;
};

/// The built web client, read once at the start and served from memory; a request never touches the disk, so no address
/// can leave the folder. Immutable afterwards: any thread.
class StaticFiles {
public:
    /// `folder` "" or without index.html: every page says that the client is not built.
    explicit StaticFiles(const std::string& folder);

    /// The file; index.html for an address of the client's own router (a page is wanted, and no file can be meant); 304;
    /// or NotFound.
    Result<Response> answer(const FileRequest& request) const;
    std::size_t size() const { return files_.size(); }

private:
    struct File {
        std::string content_type;
        std::string etag;  // without quotes
        std::string plain, gzip, brotli;
        bool immutable = false;
    };

    const File* find(const FileRequest& request) const;

    std::map<std::string, File, std::less<>> files_;  // by path
};

}  // namespace riposte
