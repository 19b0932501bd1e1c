#pragma once

namespace riposte {

/// The whole program. Returns its exit code: 0, 1 when refused or failed, 2 when the command line is wrong.
int run(int argc, char** argv);

}  // namespace riposte
