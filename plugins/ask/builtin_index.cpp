#include "ask/builtin_index.hpp"

#include <cstddef>

// gcc 12 has no #embed; the assembler has.
asm(R"(
    .section .rodata
    .balign 16
    .hidden riposte_ask_index_begin, riposte_ask_index_end
    .globl riposte_ask_index_begin, riposte_ask_index_end
riposte_ask_index_begin:
    .incbin ")" RIPOSTE_ASK_INDEX R"("
riposte_ask_index_end:
    .previous
)");

extern "C" const char riposte_ask_index_begin[], riposte_ask_index_end[];

namespace riposte::ask {

std::string_view builtin_index() {
    return {riposte_ask_index_begin, static_cast<std::size_t>(riposte_ask_index_end - riposte_ask_index_begin)};
}

}  // namespace riposte::ask
