#pragma once

#include "net/http.hpp"
#include "net/http_policy.hpp"
#include "net/http_transport.hpp"

#include <chrono>
#include <string>

namespace riposte {

struct BodyLimits {
    std::uint64_t bytes = 0;
    std::chrono::seconds time{};  // for a whole body, and for each piece of an upload
};

/// The body of the request whose header is at the front of the transport's buffer; both are consumed. Beast reads the
/// header once more: a second opinion on it costs little. TooLarge, Timeout, MalformedRequest.
Awaitable<Result<std::string>> read_body(HttpTransport& transport, const Head& head, BodyLimits limits);

/// A body that its handler takes piece by piece; its header is consumed and has a Content-Length. Timeout,
/// MalformedRequest when the client has gone.
class UploadStream final : public BodyStream {
public:
    UploadStream(HttpTransport& transport, const Head& head, std::chrono::seconds patience);

    std::int64_t bytes() const override { return bytes_; }
    std::int64_t left() const { return left_; }
    Awaitable<Result<std::string>> next() override;

private:
    HttpTransport& transport_;
    const std::chrono::seconds patience_;
    const std::int64_t bytes_;
    std::int64_t left_;
    bool asked_;  // for "100 Continue", which is said once the body is wanted
    const std::chrono::steady_clock::time_point end_;
};

}  // namespace riposte
