#include "net/file_type.hpp"
#include "net/handlers.hpp"
#include "net/replies.hpp"
#include "net/services.hpp"
#include "protocol/text.hpp"
#include "store/file_storage.hpp"
#include "store/store.hpp"

namespace riposte::handlers {
namespace {

constexpr std::int64_t longest_thumbnail = 128 * 1024;
constexpr IntegerLimits pixels{.minimum = 0, .maximum = 100'000};

/// What the owner says of the file, in the query.
Result<Attachment> described_in(const Request& request) {
    auto name = check_file_name(query_text(request, "name"));
    if (!name) return name.error();
    const auto width = query_integer(request, "width", pixels, 0);
    if (!width) return width.error();
    const auto height = query_integer(request, "height", pixels, 0);
    if (!height) return height.error();
    Attachment file;
    file.id = Uuid::make();
    file.name = std::move(*name);
    if (*width > 0 && *height > 0) {
        file.width = *width;
        file.height = *height;
    }
    return file;
}

Result<> check_size(std::int64_t bytes, std::int64_t limit) {
    if (bytes == 0) return Problem{.code = ErrorCode::InvalidValue, .detail = "the file is empty", .argument = "file"};
    if (bytes <= limit) return {};
    return Problem{
        .code = ErrorCode::TooLarge, .detail = "at most " + std::to_string(limit) + " bytes", .argument = "file"};
}

/// Piece by piece to the disk; the type that the first bytes show.
Awaitable<Result<std::string>> receive(FileStorage& files, BodyStream& body, FileId id) {
    std::string first;
    for (;;) {
        auto piece = co_await body.next();
        if (!piece) co_return piece.error();
        if (piece->empty()) break;
        if (first.size() < type_bytes) first += piece->substr(0, type_bytes - first.size());
        const auto written = co_await files.append(id, std::move(*piece));
        if (!written) co_return written.error();
    }
    co_return std::string(file_type(first));
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        if (plain || c == '.' || c == '-' || c == '_') out += c;
        else out.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
    return out;
}

/// Nothing in a file may act as a page of this server: what is no picture is only ever saved, and even a page made of it
/// would have no rights.
Response file_response(FileStorage& files, const Attachment& file, FilePart part, std::int64_t bytes) {
    const bool picture = part == FilePart::Thumbnail || is_picture(file.type);
    Response response{.status = 200, .content_type = file.type, .body = {}, .headers = {}};
    if (part == FilePart::Thumbnail) response.content_type = "image/jpeg";
    if (file.type == "text/plain") response.content_type += "; charset=utf-8";
    response.headers.emplace_back("Content-Disposition", std::string(picture ? "inline" : "attachment") +
                                                             "; filename*=UTF-8''" + percent_encoded(file.name));
    response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
    response.headers.emplace_back("Cache-Control", "private, max-age=31536000, immutable");
    const auto id = file.id;
    response.file = FileBody{.bytes = bytes, .read = [&files, id, part](std::int64_t offset, std::size_t count) {
                                 return files.read(id, part, offset, count);
                             }};
    return response;
}

Answer download(Services& services, Request request, FilePart part) {
    const auto id = id_looked_up(request.parameters[0]);
    if (!id) co_return id.error();
    const auto file = co_await services.store.file(request.identity->user.id, *id);
    if (!file) co_return file.error();
    const auto bytes = co_await services.files.size(*id, part);
    if (!bytes) co_return bytes.error();
    co_return file_response(services.files, *file, part, *bytes);
}

Awaitable<Result<Attachment>> stored(Services& services, const Request& request, Attachment file) {
    auto type = co_await receive(services.files, *request.stream, file.id);
    if (!type) co_return type.error();
    file.type = std::move(*type);
    if (!is_picture(file.type)) file.width = file.height = 0;
    const auto kept = co_await services.files.keep(file.id, file.id, FilePart::Whole);
    if (!kept) co_return kept.error();
    co_return co_await services.store.add_file(request.identity->user.id, request.parameters[0], std::move(file));
}

}  // namespace

Answer upload_file(NetThread&, Services& services, Request request) {
    auto file = described_in(request);
    if (!file) co_return file.error();
    file->size = request.stream->bytes();
    if (const auto checked = check_size(file->size, services.options.file_bytes); !checked) co_return checked.error();
    const FileQuota quota{services.options.user_files_bytes};
    const auto allowed =
        co_await services.store.may_upload(request.identity->user.id, request.parameters[0], file->size, quota);
    if (!allowed) co_return allowed.error();
    const auto id = file->id;
    const auto added = co_await stored(services, request, std::move(*file));
    if (added) co_return value_response(*added, 201);
    services.files.discard(id);
    services.files.remove({id});
    co_return added.error();
}

Answer upload_thumbnail(NetThread&, Services& services, Request request) {
    const auto id = id_looked_up(request.parameters[0]);
    if (!id) co_return id.error();
    if (const auto checked = check_size(request.stream->bytes(), longest_thumbnail); !checked)
        co_return checked.error();
    const auto owned = co_await services.store.file(request.identity->user.id, *id);
    if (!owned) co_return owned.error();
    const auto arriving = Uuid::make();
    const auto type = co_await receive(services.files, *request.stream, arriving);
    if (!type || *type != "image/jpeg") {
        services.files.discard(arriving);
        co_return type ? Problem{.code = ErrorCode::UnsupportedMedia, .detail = "a thumbnail is a JPEG"} : type.error();
    }
    const auto added = co_await services.store.add_thumbnail(request.identity->user.id, *id);
    if (!added) {
        services.files.discard(arriving);
        co_return added.error();
    }
    const auto kept = co_await services.files.keep(arriving, *id, FilePart::Thumbnail);
    if (!kept) co_return kept.error();
    co_return value_response(*added);
}

Answer download_file(NetThread&, Services& services, Request request) {
    return download(services, std::move(request), FilePart::Whole);
}

Answer download_thumbnail(NetThread&, Services& services, Request request) {
    return download(services, std::move(request), FilePart::Thumbnail);
}

Answer remove_file(NetThread&, Services& services, Request request) {
    const auto id = id_looked_up(request.parameters[0]);
    if (!id) co_return id.error();
    const auto removed = co_await services.store.remove_file(request.identity->user.id, *id);
    if (!removed) co_return removed.error();
    co_return no_content();
}

}  // namespace riposte::handlers
