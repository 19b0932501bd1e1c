/* The header of the ABI compiled as C99: -std=c99 -pedantic-errors, every warning an error. */
#include <riposte/plugin.h>

int struct_sizes_agree_in_c(size_t invocation, size_t host, size_t plugin);
int struct_sizes_agree_in_c(size_t invocation, size_t host, size_t plugin) {
    return invocation == sizeof(riposte_invocation) && host == sizeof(riposte_host) && plugin == sizeof(riposte_plugin);
}
