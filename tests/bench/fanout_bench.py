"""Fan-out: one room, each post committed before it is pushed, beside a raw epoll broadcaster that stores nothing."""
import subprocess
import time
from contextlib import contextmanager

from served import LOAD, PINNED, figure, free_port, load, served

MEMBERS = (100, 500, 1000)


@contextmanager
def raw_broadcaster():
    port = free_port()
    process = subprocess.Popen([*PINNED, str(LOAD / "raw_broadcaster"), str(port)])
    time.sleep(0.3)
    try:
        yield port, process.pid
    finally:
        process.kill()
        process.wait()


def main() -> None:
    with served() as server:
        for members in MEMBERS:
            room, tokens = server.room_of(members, f"m{members}x")
            ours = {"port": server.port, "tokens": tokens, "room": room, "server": server.pid}
            with raw_broadcaster() as (port, pid):
                raw = {"port": port, "tokens": tokens, "room": "raw", "server": pid}
                backlog(members, ours, raw)
                if members == 1000:
                    nothing_to_batch(members, ours, raw)
                    steady(members, ours, raw)


def backlog(members: int, ours: dict, raw: dict) -> None:
    posts = 2_000_000 // members
    mine = load("fanout_load", **ours, outstanding=64, posts=posts)
    ceiling = load("fanout_load", **raw, outstanding=64, posts=posts)
    figure(f"fan-out under backlog, {members} members", mine["deliveries_per_second"], "deliveries/s",
           ceiling["deliveries_per_second"], ">= 0.25")


def nothing_to_batch(members: int, ours: dict, raw: dict) -> None:
    mine = load("fanout_load", **ours, outstanding=1, posts=300)
    ceiling = load("fanout_load", **raw, outstanding=1, posts=300)
    figure(f"CPU a delivery with nothing to batch, {members} members", mine["cpu_us_per_delivery"], "µs",
           ceiling["cpu_us_per_delivery"], "<= 1.6")


def steady(members: int, ours: dict, raw: dict) -> None:
    """The raw broadcaster's latency is printed too: it says what this machine can do at all at that rate."""
    pace = {"per_second": 150_000 / members, "posts": 1500}
    mine, ceiling = load("fanout_load", **ours, **pace), load("fanout_load", **raw, **pace)
    figure(f"p99 at 150,000 deliveries/s to {members} members", mine["p99_ms"], "ms", want="<= 10")
    figure(f"p99 of the raw broadcaster at the same rate, {members} members", ceiling["p99_ms"], "ms")


if __name__ == "__main__":
    main()
