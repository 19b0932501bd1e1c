#include "cli/author_options.hpp"

namespace riposte {

PluginSettings settings_of(const std::vector<std::string>& given) {
    PluginSettings settings;
    for (const auto& each : given) {
        const auto equals = each.find('=');
        if (equals == 0 || equals == std::string::npos)
            throw std::runtime_error("--set wants key=value, not \"" + each + "\"");
        settings[each.substr(0, equals)] = each.substr(equals + 1);
    }
    return settings;
}

CheckSubject subject_of(const CommandLine& line, std::filesystem::path library, std::filesystem::path transcripts) {
    CheckSubject subject;
    subject.library = std::move(library);
    subject.transcripts = std::move(transcripts);
    subject.settings = settings_of(line.settings);
    subject.given_settings = line.settings;
    subject.patient = line.patient;
    return subject;
}

}  // namespace riposte
