#include "loader/worker_main.hpp"

#include "loader/guest/crash_report.hpp"
#include "loader/guest/guest.hpp"
#include "loader/symbolise_main.hpp"
#include "loader/sandbox/sandbox.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <string_view>

namespace riposte {
namespace {

bool is_socket(int file) {
    struct stat status {};
    return ::fstat(file, &status) == 0 && S_ISSOCK(status.st_mode);
}

void serve(guest::Guest& guest) {
    const auto setup = guest.setup();
    if (!setup) return;
    guest::report_crashes();
    const auto layers = sandbox::lock_up(*setup);
    guest::name_functions_of(setup->library.c_str());
    if (layers) guest.run(*setup, *layers);
    else guest.refuse("sandbox", layers.error().detail);
}

}  // namespace

int worker_main(int argc, char** argv) {
    if (argc >= symbolise_words && std::string_view(argv[argc - symbolise_words]) == "symbolise")
        return symbolise_main(argv + argc - symbolise_words);
    if (!is_socket(worker_socket)) {
        std::fputs("riposte worker: started by riposte itself, for one plugin; not by hand\n", stderr);
        return 2;
    }
    std::setvbuf(stdout, nullptr, _IOLBF, 0);  // a crash must not swallow what was printed before
    if (auto tickets = Tickets::open(worker_tickets)) {
        ::close_range(worker_socket + 1, ~0U, 0);
        guest::Guest guest(worker_socket, std::move(tickets));
        serve(guest);
    }
    std::fflush(stdout);
    ::_exit(0);  // not exit(): what the plugin registered there has no business after its stop()
}

}  // namespace riposte
