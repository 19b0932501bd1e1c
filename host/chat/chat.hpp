#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "commands/catalogue.hpp"
#include "protocol/committed.hpp"
#include "store/store.hpp"

#include <functional>
#include <string>

namespace riposte {

class Bus;
class PluginHost;

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
};

/// The life of a message: command or text, checked before anything is stored, committed, and for a command handed to
/// its plugin. [net] threads call it; it keeps no state of its own beside the parts it connects.
class Chat {
public:
    Chat(Store& store, Bus& bus, asio::any_io_executor control);
    /// The plugin host needs Chat's services to be built; it is set once, before anything is posted.
    void use(PluginHost& plugins);

    /// Checks the text against `catalogue`, queues the post and returns. A problem found before the commit is passed to
    /// `done` at once. `done` runs on the caller's thread or on [writer]; it must only pass on.
    void post(PostRequest request, CatalogueSnapshot catalogue, std::optional<AckAddress> ack,
              std::function<void(Result<Posted>)> done);
    Awaitable<Result<Posted>> post(PostRequest request, CatalogueSnapshot catalogue);
    /// Only its author may; NotFound otherwise. The outcome is pushed when it is committed.
    Awaitable<Result<>> cancel(UserId author, InvocationId invocation);

private:
    void accept_command(const PostRequest& request, CatalogueSnapshot catalogue, std::optional<AckAddress> ack,
                        std::function<void(Result<Posted>)> done);
    void start(const PostRequest& request, CatalogueSnapshot catalogue, Invocation invocation);
    Awaitable<> run(PostRequest request, CatalogueSnapshot catalogue, Invocation invocation);

    Store& store_;
    Bus& bus_;
    asio::any_io_executor control_;
    PluginHost* plugins_ = nullptr;
};

}  // namespace riposte
