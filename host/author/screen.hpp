#pragma once

#include "author/local_services.hpp"
#include "author/transcript.hpp"

#include <cstdio>
#include <mutex>
#include <string_view>

namespace riposte {

/// A conversation as it is shown: one line for each thing that was said, its mark before it. What goes to a file or a
/// pipe can be read as a transcript again. Any thread.
class Screen {
public:
    /// `terminal`: somebody types here. Then there is a prompt, streams grow, and what was typed is not shown again.
    Screen(std::FILE* out, bool terminal) : out_(out), terminal_(terminal) {}

    void prompt();
    /// The person has pressed Enter.
    void typed(std::string_view line);
    void hear(const Utterance& utterance);
    void fault(std::string_view line, const Problem& problem);
    void remark(std::string_view text);
    /// Since typed(): the plugin has put something out.
    bool heard_anything();

private:
    void show_prompt();
    void begin();
    void end();
    void put(std::string_view mark, std::string_view text);
    void flow(std::string_view text);

    std::FILE* out_;
    bool terminal_;
    std::mutex mutex_;
    bool prompted_ = false;
    bool interrupted_ = false;  // something stands where the prompt was
    bool growing_ = false;      // a stream's line is open
    bool heard_ = false;
};

}  // namespace riposte
