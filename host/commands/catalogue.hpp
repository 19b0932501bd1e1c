#pragma once

#include "base/result.hpp"
#include "commands/specification.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace riposte {

/// A line with its leading slash recognised and its full-width forms kept: "/dice 2", "／dice 2", "、天气 北京", but not
/// "//literal". Plain text otherwise.
enum class LineKind : std::uint8_t { Plain, Command, EscapedSlash };
LineKind line_kind(std::string_view text);
/// What an EscapedSlash line shows: "//x" -> "/x".
std::string without_escape(std::string_view text);

struct Match {
    const CommandSpecification* command = nullptr;  // lives as long as the catalogue
    std::size_t arguments_begin = 0;  // byte offset in the line as it was sent; its end when there are none
};

/// Every prefix that can be matched now. Immutable: any thread that holds the snapshot reads it without a lock.
/// Matching cost does not depend on the number of prefixes (hashed by prefix; only the word boundaries of the line are tried).
class Catalogue {
public:
    /// Nothing but the host's own /help.
    Catalogue();
    /// /help and these. Specifications whose prefixes are already free of conflicts (the loader decides those).
    Catalogue(std::vector<CommandSpecification> commands, std::uint64_t version);
    ~Catalogue();
    Catalogue(Catalogue&&) noexcept;
    Catalogue& operator=(Catalogue&&) noexcept;

    /// `line` is of LineKind::Command. Longest registered prefix or alias at a word boundary; ASCII case ignored; after a prefix that ends in a Han
    /// character no boundary is needed. `/plugin:command` always works. UnknownCommand with the closest names.
    Result<Match> match(std::string_view line) const;
    std::uint64_t version() const;
    /// /help first, then as they were given.
    const std::vector<CommandSpecification>& commands() const;

private:
    struct Index;
    std::shared_ptr<const Index> index_;
};

using CatalogueSnapshot = std::shared_ptr<const Catalogue>;

/// A prefix or alias as declared must be 1..4 words of letters, digits, '-', '_' in any script behind one slash, at most
/// 64 bytes, not reserved ("/help"). Empty when it is fine, else the reason.
std::string invalid_prefix(std::string_view prefix);
/// The form under which prefixes are compared: NFC where possible, ASCII lower case, single spaces.
std::string normalised_prefix(std::string_view prefix);

}  // namespace riposte
