"""A swap that changes commands is seen in every open browser at once."""
import asyncio
import time

from campaign import LARGE, figure, size
from harness import FIXTURES, running_server, story
from test_chat import two_in_a_room
from test_commands import installed

SOCKETS = size(100, 100)
SWAPS = size(3, 30)


def told_of(person, command, there):
    """When the first catalogue that has, or lacks, the command came."""
    return next((at for event, at in zip(person.heard, person.heard_at) if event["event"] == "catalogue"
                 and any(c["prefix"] == command for c in event["commands"]) == there), None)


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
                while any(told_of(person, "/version", there) is None for person in people):
                    assert time.monotonic() - at < 10, f"not everybody heard of {verb}"
                    await asyncio.sleep(0.01)
                worst.append(max(told_of(person, "/version", there) for person in people) - at)
        figure(f"{SOCKETS} sockets hear of a changed catalogue, worst of {len(worst)}", 1000 * max(worst), "ms", at_most=200)
