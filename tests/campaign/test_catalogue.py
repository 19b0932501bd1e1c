"""A swap that changes commands is seen in every open browser at once."""
import asyncio
import time

from campaign import figure, size
from harness import FIXTURES, running_server, story
from test_chat import two_in_a_room
from test_commands import installed

SOCKETS = 100
SWAPS = size(3, 30)


def told_at(person):
    """When a new catalogue was announced; the client fetches it then."""
    return next((at for event, at in zip(person.heard, person.heard_at) if event["event"] == "catalogue"), None)


async def has(person, command):
    return any(c["prefix"] == command for c in (await person.rest("GET", "/commands"))["commands"])


@story
async def test_a_hundred_sockets_hear_of_a_new_command(tmp_path):
    settings = {"LOG__LEVEL": "warning", "LIMITS__SOCKETS_PER_USER": "1000"}
    async with running_server(tmp_path, settings=settings) as server:
        alice, _, _ = await two_in_a_room(server)
        people = []
        for _ in range(SOCKETS):
            device = await server.signs_in(alice.name)
            await device.listens()
            people.append(device)
        server.installs(FIXTURES / "versioned_v1.so", "versioned")
        await installed(server, "/version")
        worst = []
        for _ in range(SWAPS):
            for verb, there in (("disable", False), ("enable", True)):
                for person in people:
                    person.heard.clear()
                    person.heard_at.clear()
                at = time.monotonic()
                await server.operator("POST", f"/plugins/versioned/{verb}")
                while not all(map(told_at, people)):
                    assert time.monotonic() - at < 10, f"not everybody heard of {verb}"
                    await asyncio.sleep(0.01)
                worst.append(max(map(told_at, people)) - at)
                assert await has(people[-1], "/version") == there
        figure(f"{SOCKETS} sockets hear of a changed catalogue, worst of {len(worst)}", 1000 * max(worst), "ms", at_most=200)
