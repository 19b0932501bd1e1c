#include "server.hpp"

#include "auth/accounts.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/rate_limit.hpp"
#include "base/version.hpp"
#include "bus/bus.hpp"
#include "chat/chat.hpp"
#include "chat/invocations.hpp"
#include "chat/presence.hpp"
#include "chat/typing_help.hpp"
#include "commands/help.hpp"
#include "net/listener.hpp"
#include "net/net_thread.hpp"
#include "operator/operator.hpp"
#include "protocol/events.hpp"
#include "server_options.hpp"
#include "store/file_storage.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>
#include <vector>

namespace riposte {
namespace {

using WorkGuard = asio::executor_work_guard<asio::io_context::executor_type>;

constexpr std::chrono::minutes sweep_every{10};
constexpr std::chrono::milliseconds loose_file_lives = std::chrono::hours(24);
constexpr std::chrono::milliseconds farewell{500};  // for the last close frames to leave and be answered
constexpr std::chrono::milliseconds farewell_step{5};

std::vector<std::unique_ptr<NetThread>> make_net_threads(int count) {
    std::vector<std::unique_ptr<NetThread>> threads;
    for (int i = 0; i < count; ++i) {
        threads.push_back(std::make_unique<NetThread>(static_cast<std::uint32_t>(i)));
        threads.back()->catalogue = std::make_shared<const Catalogue>(std::vector<CommandSpecification>{}, 0);
    }
    return threads;
}

/// Every batch goes to every net thread, whose hub hands it to its sockets.
std::unique_ptr<Bus> make_bus(const std::vector<std::unique_ptr<NetThread>>& threads) {
    auto bus = make_local_bus();
    for (const auto& thread : threads)
        bus->subscribe([net = thread.get()](std::shared_ptr<const Delivery> delivery) {
            asio::post(net->io, [net, delivery = std::move(delivery)] { net->hub.deliver(*delivery); });
        });
    return bus;
}

std::vector<NetThread*> pointers(const std::vector<std::unique_ptr<NetThread>>& threads) {
    std::vector<NetThread*> all;
    for (const auto& thread : threads) all.push_back(thread.get());
    return all;
}

/// The parts in the order in which they are built; they end in reverse.
class Server {
public:
    explicit Server(const LoadedConfig& loaded);
    Server(const LoadedConfig& loaded, const Config& config);
    ~Server();

    void start();
    void wait_for_signal();
    /// Readers are told to come back, running commands end, everything committed is on disk.
    void drain();

private:
    void publish(CatalogueSnapshot snapshot);
    void welcome();
    void wait_until_all_have_left();
    Awaitable<> sweep();
    /// Runs a coroutine on [control] and waits for it.
    template <class T>
    T on_control(Awaitable<T> coroutine) {
        return asio::co_spawn(control_, std::move(coroutine), asio::use_future).get();
    }

    const NetOptions net_options_;
    const std::string own_url_;
    const std::chrono::seconds drain_deadline_;
    std::atomic<bool> draining_{false};
    asio::io_context control_{1};
    WorkGuard control_work_{control_.get_executor()};
    asio::io_context signals_io_{1};
    asio::signal_set signals_{signals_io_, SIGTERM, SIGINT};
    std::vector<std::unique_ptr<NetThread>> net_;
    const std::vector<NetThread*> net_pointers_;
    std::vector<WorkGuard> net_work_;
    std::unique_ptr<Bus> bus_;
    std::unique_ptr<Store> store_;
    FileStorage files_;
    Accounts accounts_;
    Presence presence_;
    Invocations invocations_;
    PluginHost plugins_;
    Chat chat_;
    TypingHelp typing_help_;
    Operator operator_;
    RateLimit post_limit_;
    Services services_;
    std::unique_ptr<Listener> listener_;
    std::thread control_thread_;
    std::vector<std::thread> net_threads_;
};

Server::Server(const LoadedConfig& loaded) : Server(loaded, loaded.config) {}

Server::Server(const LoadedConfig& loaded, const Config& config)
    : net_options_(net_options(config)),
      own_url_(own_url(config)),
      drain_deadline_(config.http.drain_s),
      net_(make_net_threads(net_options_.threads)),
      net_pointers_(pointers(net_)),
      bus_(make_bus(net_)),
      store_(open_sqlite_store(store_options(config), *bus_)),
      files_(config.data.directory),
      accounts_(*store_, *store_, account_options(config)),
      presence_(*bus_, control_.get_executor()),
      invocations_(*store_, *bus_, control_.get_executor(),
                   [this](CatalogueSnapshot snapshot) { publish(std::move(snapshot)); }),
      plugins_(loader_options(loaded), invocations_, control_.get_executor()),
      chat_(*store_, *bus_, invocations_, control_.get_executor()),
      typing_help_(*store_, plugins_),
      operator_(*store_, accounts_, plugins_, operator_options(loaded)),
      post_limit_({.burst = static_cast<double>(net_options_.posts_per_10s)}),
      services_{net_options_, *store_,   accounts_, chat_,       typing_help_, invocations_,
                operator_,    presence_, files_,    post_limit_, draining_,    net_pointers_},
      listener_(std::make_unique<Listener>(net_pointers_, services_)) {
    invocations_.use(plugins_);
    bus_->listen([this](Overheard overheard) { invocations_.heard(std::move(overheard)); });
}

Server::~Server() {
    control_work_.reset();
    control_.stop();
    if (control_thread_.joinable()) control_thread_.join();
    net_work_.clear();
    for (const auto& thread : net_) thread->io.stop();
    for (auto& thread : net_threads_) thread.join();
    store_->stop();
}

void Server::start() {
    control_thread_ = std::thread([this] { control_.run(); });
    for (const auto& thread : net_) {
        net_work_.emplace_back(thread->io.get_executor());
        net_threads_.emplace_back([net = thread.get()] { net->io.run(); });
    }
    const auto interrupted = on_control(store_->interrupt_open());
    if (interrupted && *interrupted > 0)
        log::warning("commands were interrupted by the last stop", {{"count", *interrupted}});
    // /help is answered by the host itself.
    if (const auto bot = on_control(store_->ensure_bot(help_command().plugin, "Riposte")); !bot)
        throw std::runtime_error("the store refuses to write: " + bot.error().detail);
    on_control(plugins_.start());
    spawn(control_.get_executor(), "sweep", sweep());
    listener_->start();
    welcome();
}

void Server::publish(CatalogueSnapshot snapshot) {
    for (const auto& thread : net_)
        asio::post(thread->io, [net = thread.get(), snapshot] {
            net->catalogue = snapshot;
            Delivery changed;
            changed.items.emplace_back(EveryoneLine{event_line::catalogue(snapshot->version())});
            net->hub.deliver(changed);
        });
}

/// Takes the bytes of what nobody can see any more: of deleted messages, and uploads that were never sent; and tokens that
/// have expired, with their sockets.
Awaitable<> Server::sweep() {
    asio::steady_timer timer(control_);
    for (;;) {
        auto gone = co_await store_->forget_files(now_ms() - loose_file_lives.count());
        if (gone && !gone->empty()) files_.remove(std::move(*gone));
        co_await store_->drop_expired_tokens();
        timer.expires_after(sweep_every);
        co_await timer.async_wait(asio::use_awaitable);
    }
}

/// Says where to go; as long as nobody is an administrator, with a one-time link that makes one.
void Server::welcome() {
    log::info("riposte serves", {{"url", own_url_}, {"port", listener_->port()}, {"version", version()}});
    const auto administrator = on_control(store_->has_administrator());
    if (!administrator || *administrator) return;
    if (const auto link = on_control(operator_.admin_link("host")))
        log::info("open this link once to become the administrator", {{"link", *link}});
}

void Server::wait_for_signal() {
    signals_.async_wait([](boost::system::error_code, int) {});
    signals_io_.run();
}

void Server::wait_until_all_have_left() {
    const auto until = std::chrono::steady_clock::now() + farewell;
    while (!listener_->is_empty() && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(farewell_step);
}

void Server::drain() {
    log::info("draining");
    draining_ = true;
    presence_.stop();
    listener_->drain();
    for (const auto& thread : net_) asio::post(thread->io, [net = thread.get()] { net->hub.close_all(); });
    on_control(plugins_.stop(drain_deadline_));
    wait_until_all_have_left();
    listener_->close();
    log::info("stopped");
}

}  // namespace

int serve(const LoadedConfig& loaded) {
    Server server(loaded);
    server.start();
    server.wait_for_signal();
    server.drain();
    return 0;
}

}  // namespace riposte
