#pragma once

#include <cstdio>
#include <cstdlib>

/// Ends the run, as a crash does, so that libFuzzer keeps the input.
#define PROMISE(condition)                                                               \
    do {                                                                                 \
        if (!(condition)) {                                                              \
            std::fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition); \
            std::abort();                                                                \
        }                                                                                \
    } while (false)
