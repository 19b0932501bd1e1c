#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "commands/catalogue.hpp"
#include "protocol/committed.hpp"
#include "store/store.hpp"

#include <functional>
#include <string>
#include <vector>

namespace riposte {

class Bus;
class Invocations;

/// A message as its author sends it, over a socket or by REST.
struct PostRequest {
    User author;
    std::string room;  // uri
    std::string client_msg_id;
    std::string text;
    std::optional<MessageId> reply_to;
    bool as_text = false;  // a leading slash is only a character
    std::string locale;
    std::string time_zone;
    std::vector<FileId> attachments;  // with any, the text is no command and may be empty
};

/// The life of a message: text or command, checked before anything is stored, committed, and for a command handed on to
/// its plugin. Called on [net] threads; it keeps no state of its own.
class Chat {
public:
    Chat(Store& store, Bus& bus, Invocations& invocations, asio::any_io_executor control);

    /// From a socket: exactly one Ack comes back over the bus, with a problem when it was refused at any step. Posts of
    /// one socket that need no look-up of rights are committed in the order of the calls.
    void post(PostRequest request, CatalogueSnapshot catalogue, AckAddress ack);
    /// From REST: resumes on the caller's executor after the commit.
    Awaitable<Result<Posted>> post(PostRequest request, CatalogueSnapshot catalogue);

private:
    struct Pending;

    void submit(Pending pending);
    void submit_command(Pending pending);
    Awaitable<> check_audience(Pending pending, Audience audience, NewInvocation invocation);
    void commit(Pending pending, std::optional<NewInvocation> invocation);
    void refuse(const Pending& pending, Problem problem);

    Store& store_;
    Bus& bus_;
    Invocations& invocations_;
    asio::any_io_executor control_;
};

}  // namespace riposte
