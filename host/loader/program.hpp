#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace riposte {

struct ProgramResult {
    int status = 0;      // exit status; 128 + n when signal n ended it; 127 when it is not there
    std::string output;  // standard output and error as they came
};

/// Runs a program of PATH to its end, with nothing to read. Any thread; waits.
ProgramResult run_program(const std::vector<std::string>& words);
/// Whether PATH has it.
bool has_program(const std::string& name);

}  // namespace riposte
