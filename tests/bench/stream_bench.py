"""A reply that grows before a hundred viewers: from the plugin's append() to the viewer, merged every 30 ms."""
import shutil
import time

from served import BUILD, figure, load, served

VIEWERS = 100


def main() -> None:
    with served() as server:
        room, tokens = server.room_of(VIEWERS, "viewer")
        shutil.copy(BUILD / "tests/fixtures/plugins/ticker.so", server.folder / "inbox/.ticker")
        (server.folder / "inbox/.ticker").rename(server.folder / "inbox/ticker.so")
        wait_for_command(server, tokens.read_text().split()[0], "/ticker")
        seen = load("stream_load", port=server.port, tokens=tokens, room=room, text="/ticker 700 5")
        figure(f"a piece of a stream, p50, {VIEWERS} viewers", seen["p50_ms"], "ms")
        figure(f"a piece of a stream, p99, {VIEWERS} viewers", seen["p99_ms"], "ms", want="<= 50")


def wait_for_command(server, token: str, prefix: str) -> None:
    for _ in range(500):
        if any(c["prefix"] == prefix for c in server.rest("GET", "/commands", token=token)["commands"]):
            return
        time.sleep(0.02)
    raise RuntimeError(f"{prefix} never came")


if __name__ == "__main__":
    main()
