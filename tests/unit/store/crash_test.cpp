#include "unit/store/world.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <sstream>

extern char** environ;

namespace riposte {
namespace {

/// The process that posts, and what it printed.
class Poster {
public:
    explicit Poster(const std::string& directory) {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        std::string program = RIPOSTE_STORE_POSTER;
        std::string argument = directory;
        char* arguments[] = {program.data(), argument.data(), nullptr};
        if (::posix_spawn(&process_, program.c_str(), &actions, nullptr, arguments, environ) != 0)
            throw std::runtime_error("cannot start " + program);
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        output_ = ends[0];
    }
    ~Poster() { ::close(output_); }

    /// Kills it after so many bytes of acknowledgements; all that it had printed by then.
    std::string kill_after(std::size_t bytes) {
        std::string printed;
        char buffer[4096];
        bool alive = true;
        for (ssize_t size; (size = ::read(output_, buffer, sizeof buffer)) > 0;) {
            printed.append(buffer, static_cast<std::size_t>(size));
            if (alive && printed.size() >= bytes) {
                ::kill(process_, SIGKILL);
                alive = false;
            }
        }
        ::waitpid(process_, nullptr, 0);
        return printed;
    }

private:
    pid_t process_ = 0;
    int output_ = -1;
};

std::map<std::string, Seq> acknowledged_in(const std::string& printed) {
    std::map<std::string, Seq> acknowledged;
    std::istringstream lines(printed.substr(0, printed.rfind('\n') + 1));
    Seq seq;
    for (std::string id; lines >> seq >> id;) acknowledged[id] = seq;
    return acknowledged;
}

TEST(Crash, AKilledHostHasEveryAcknowledgedMessageOnceAndInOrder) {
    TemporaryFolder folder;
    std::map<std::string, Seq> acknowledged;
    for (std::size_t round = 0; round < 5; ++round) {
        Poster poster(folder.path());
        acknowledged.merge(acknowledged_in(poster.kill_after(2'000 + round * 20'000)));
    }
    ASSERT_GT(acknowledged.size(), 100u);

    Recorder recorder;
    const auto store = open_sqlite_store({.directory = folder.path()}, recorder);
    const auto alice = must(store->user("alice"));
    Seq seq = 1;
    for (Seq last = 0; seq > last;) {
        last = seq;
        for (const auto& event : must(store->events(alice.id, "crash-room", seq, 200)).events) {
            EXPECT_EQ(event.seq, ++seq);
            const auto found = acknowledged.find(event.message->client_msg_id);
            if (found == acknowledged.end()) continue;  // committed, but killed before it was told
            EXPECT_EQ(found->second, event.seq);
            EXPECT_EQ(event.message->text, "text of " + found->first);
            acknowledged.erase(found);
        }
    }
    EXPECT_TRUE(acknowledged.empty()) << acknowledged.size() << " acknowledged messages are lost";
}

}  // namespace
}  // namespace riposte
