#include "net/replies.hpp"

#include "protocol/text.hpp"

#include <charconv>

namespace riposte {

Result<JsonDocument> body_of(const Request& request) {
    return parse_json_object(request.body.empty() ? std::string_view("{}") : std::string_view(request.body));
}

Result<std::int64_t> query_integer(const Request& request, const std::string& name, IntegerLimits limits,
                                   std::int64_t otherwise) {
    const auto found = request.query.find(name);
    if (found == request.query.end()) return otherwise;
    const auto& text = found->second;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return invalid_value(name, "not a whole number");
    if (value < limits.minimum || value > limits.maximum)
        return invalid_value(name, std::to_string(limits.minimum) + " to " + std::to_string(limits.maximum));
    return value;
}

std::string query_text(const Request& request, const std::string& name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string() : found->second;
}

Result<std::string> name_looked_up(std::string_view name) {
    auto checked = check_user_name(name);
    if (!checked) return Problem{.code = ErrorCode::NotFound};
    return std::move(*checked);
}

Result<std::int64_t> number_looked_up(std::string_view number) {
    constexpr std::size_t longest = 18;  // digits that surely fit
    const bool digits = number.find_first_not_of("0123456789") == std::string_view::npos;
    if (number.empty() || number.size() > longest || !digits) return Problem{.code = ErrorCode::NotFound};
    return std::stoll(std::string(number));
}

Result<Uuid> id_looked_up(std::string_view id) {
    const auto parsed = Uuid::parse(id);
    if (!parsed) return Problem{.code = ErrorCode::NotFound};
    return *parsed;
}

}  // namespace riposte
