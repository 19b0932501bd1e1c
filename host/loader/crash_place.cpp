#include "loader/crash_place.hpp"

#include "loader/program.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <sstream>

namespace riposte {
namespace {

constexpr std::string_view own_code = "the plugin+0x";

/// "weather::(anonymous namespace)::now(riposte::Invocation)" -> "weather::(anonymous namespace)::now".
std::string without_parameters(const std::string& function) {
    static constexpr std::string_view unnamed = "(anonymous";
    auto parenthesis = function.find('(');
    while (parenthesis != std::string::npos && function.compare(parenthesis, unnamed.size(), unnamed) == 0)
        parenthesis = function.find('(', parenthesis + 1);
    return function.substr(0, parenthesis);
}

/// What the report itself knows: "  at Weather::now+0x18 in the plugin+0x1a2b" -> "Weather::now".
std::string name_in(const std::string& frame) {
    const auto begin = frame.find("at ");
    const auto end = frame.find("+0x");
    const auto name = begin < end ? frame.substr(begin + 3, end - begin - 3) : std::string();
    return name == "the plugin" ? "" : without_parameters(name);
}

std::string hex(std::uint64_t value) {
    std::ostringstream text;
    text << "0x" << std::hex << value;
    return text.str();
}

}  // namespace

std::string symbolise_here(const std::filesystem::path& library, std::uint64_t address) {
    const auto ran = run_program({"addr2line", "-C", "-f", "-i", "-e", library.string(), hex(address)});
    return ran.status == 0 ? ran.output : std::string();
}

std::string crash_place(const std::vector<std::string>& log, const std::filesystem::path& library,
                        const Symboliser& symbolise) {
    const auto died =
        std::find_if(log.rbegin(), log.rend(), [](const auto& line) { return line.starts_with("died of SIG"); });
    const auto first = died.base();
    if (died == log.rend()) return {};
    const auto frame =
        std::find_if(first, log.end(), [](const auto& line) { return line.find(own_code) != std::string::npos; });
    if (frame == log.end()) return {};
    const auto offset = std::strtoull(frame->c_str() + frame->find(own_code) + own_code.size(), nullptr, 16);
    // Below the place itself stand return addresses: the call is just before.
    const auto place = frame == first ? offset : offset - 1;
    std::istringstream lines(symbolise(library, place));
    std::string function;
    std::string where;
    std::getline(lines, function);
    std::getline(lines, where);
    const bool known = !function.empty() && !function.starts_with("??");
    auto text = known ? without_parameters(function) : name_in(*frame);
    where = where.substr(0, where.find(" ("));  // "(discriminator 3)"
    if (known && !where.starts_with("??") && !where.ends_with("?") && !where.ends_with(":0"))
        text += ", " + where.substr(where.rfind('/') + 1);
    return text;
}

}  // namespace riposte
