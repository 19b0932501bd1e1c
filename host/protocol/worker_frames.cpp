#include "protocol/worker_frames.hpp"

#include <bit>

namespace riposte {

static_assert(std::endian::native == std::endian::little, "fields are copied as they lie in memory");

namespace {

struct Header {
    std::uint32_t size;
    std::uint8_t version;
    std::uint8_t type;
    std::uint16_t reserved;
};
static_assert(sizeof(Header) == frame_header_bytes);

}  // namespace

std::size_t open_frame(std::string& out) {
    const auto opened = out.size();
    out.append(frame_header_bytes, '\0');
    return opened;
}

void close_frame(std::string& out, std::size_t opened, std::uint8_t type) {
    const Header header{static_cast<std::uint32_t>(out.size() - opened - frame_header_bytes), worker_protocol_version,
                        type, 0};
    std::memcpy(out.data() + opened, &header, sizeof header);
}

std::span<char> FrameBuffer::space(std::size_t wanted) {
    if (begin_ == end_) begin_ = end_ = 0;
    if (bytes_.size() - end_ < wanted && begin_ > 0) {
        bytes_.erase(0, begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (bytes_.size() - end_ < wanted) bytes_.resize(end_ + wanted);
    return {bytes_.data() + end_, bytes_.size() - end_};
}

std::optional<Frame> FrameBuffer::next() {
    if (!violation_.empty() || end_ - begin_ < frame_header_bytes) return std::nullopt;
    Header header;
    std::memcpy(&header, bytes_.data() + begin_, sizeof header);
    if (header.version != worker_protocol_version) violation_ = "another version of the worker protocol";
    else if (header.size > largest_) violation_ = "a frame above the limit";
    if (!violation_.empty() || end_ - begin_ - frame_header_bytes < header.size) return std::nullopt;
    const Frame frame{header.type, std::string_view(bytes_.data() + begin_ + frame_header_bytes, header.size)};
    begin_ += frame_header_bytes + header.size;
    return frame;
}

std::size_t FieldReader::count() {
    const auto count = number<std::uint32_t>();
    if (count > rest_.size()) ok_ = false;
    return ok_ ? count : 0;
}

std::string_view FieldReader::take(std::size_t bytes) {
    if (bytes > rest_.size()) ok_ = false;
    if (!ok_) return {};
    const auto taken = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    return taken;
}

}  // namespace riposte
