"""Durable ingest, command round trips, idle connections: over real sockets."""
import sqlite3
import statistics
import time

from served import figure, load, served

SENDERS = 32
IDLE = 5000


def main() -> None:
    with served(plugins=True) as server:
        many = server.rooms_for(SENDERS)
        one = server.rooms_for(1, "single")
        ingest = load("exchange_load", port=server.port, clients=many, text="x" * 100, until='{"event":"ack"', seconds=5)
        figure(f"durable ingest, {SENDERS} senders", ingest["per_second"], "messages/s")
        figure(f"durable ingest p99, {SENDERS} senders", ingest["p99_ms"], "ms", want="<= 5")
        answered = '"author":{"name":"echo"'
        commit_ms = bare_commit_ms(server.folder / "bare.db")
        single = load("exchange_load", port=server.port, clients=one, text="/echo hello", until=answered, seconds=4)
        figure("command round trip p50, beside two bare commits", single["p50_ms"], "ms", 2 * commit_ms, "<= 2.0")
        storm = load("exchange_load", port=server.port, clients=many, text="/echo hello", until=answered, seconds=5)
        figure(f"commands, {SENDERS} clients", storm["per_second"], "commands/s", want=">= 5000")
    with served() as server:
        few = server.rooms_for(IDLE // 1000, "idle").read_text()  # a person may have 1,000 sockets at most
        many = server.folder / "many.clients"
        many.write_text(few * 1000)
        idle = load("exchange_load", port=server.port, clients=many, idle=server.pid)
        figure(f"an idle connection, {IDLE} of them", idle["bytes_per_client"] / 1000, "kB", want="<= 12")


def bare_commit_ms(path) -> float:
    """The median of single commits of one small row, WAL and synchronous=FULL as the product has them."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("PRAGMA wal_autocheckpoint=0")
    db.execute("CREATE TABLE message (id INTEGER PRIMARY KEY, text TEXT)")
    times = []
    for _ in range(1000):
        begin = time.perf_counter()
        db.execute("INSERT INTO message (text) VALUES (?)", ("x" * 100,))
        times.append(time.perf_counter() - begin)
    db.close()
    return statistics.median(times) * 1000


if __name__ == "__main__":
    main()
