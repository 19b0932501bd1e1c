#include "cli/run.hpp"

int main(int argc, char** argv) { return riposte::run(argc, argv); }
