"""A storm of sign-ins: what it does to those who chat. Passwords are hashed as in production: Argon2id, 64 MiB, 2 passes."""
import os
import threading
import time
import urllib.error
from concurrent.futures import ThreadPoolExecutor

from served import figure, load, served

MEMBERS = 20
PACE = {"per_second": 50, "posts": 500}
STORM = 200
PEOPLE = 20  # each signs in ten times
ARGON = {"AUTH__ARGON_MEMORY_MIB": 64, "AUTH__ARGON_PASSES": 2}


def main() -> None:
    with served(**ARGON) as server:
        room, tokens = server.room_of(MEMBERS, "calm")
        chat = {"port": server.port, "tokens": tokens, "room": room, "server": server.pid}
        names = [f"calm{i}" for i in range(PEOPLE)]
        calm = load("fanout_load", **chat, **PACE)
        stormy, signed_in = during_storm(server, names, lambda: load("fanout_load", **chat, **PACE))
        figure(f"chat p50 while {STORM} sign in", stormy["p50_ms"], "ms", calm["p50_ms"])
        figure(f"chat p99 while {STORM} sign in", stormy["p99_ms"], "ms", calm["p99_ms"], "<= 2.0")
        figure(f"of {STORM} at once, signed in while the chat was measured", signed_in, "people", want=">= 1")


def during_storm(server, names: list[str], measure):
    """What `measure` returns when it runs amid sign-ins, and how many of them came through meanwhile."""
    done, over = [], threading.Event()

    def sign_in(name: str) -> None:
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))  # the storm must not slow the one who measures
        while not over.is_set():
            try:
                server.rest("POST", "/sessions", {"name": name, "password": "correct horse", "bearer": True})
                done.append(name)
                return
            except urllib.error.HTTPError as refused:  # 429, 503: the queue of passwords is full; 200 are tried again
                time.sleep(float(refused.headers.get("Retry-After", 1)))

    with ThreadPoolExecutor(STORM) as people:
        for i in range(STORM):
            people.submit(sign_in, names[i % len(names)])
        result = measure()
        over.set()
    return result, len(done)


if __name__ == "__main__":
    main()
