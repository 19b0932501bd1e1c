"""Swapped thousands of times, the host keeps nothing of the builds that are gone."""
import asyncio
from pathlib import Path

import pytest

from campaign import figure, size
from harness import FIXTURES, running_server
from test_commands import installed

SWAPS = size(150, 10_000)


@pytest.mark.parametrize("isolation", ["worker", "in-process"])
def test_memory_stays_flat(tmp_path, isolation):
    asyncio.run(swapped_often(tmp_path, isolation))


async def swapped_often(tmp_path, isolation):
    settings = {"PLUGINS__ISOLATION": isolation, "LOG__LEVEL": "warning"}
    async with running_server(tmp_path, bundled=None, settings=settings) as server:
        server.installs(FIXTURES / "counter_v1.so", "counter")
        await installed(server, "/count")

        async def swap(times):
            for _ in range(times):
                report = await server.operator("POST", "/plugins/counter/reload", {"force": True})
                assert report["result"] == "live", report
            await server.operator("GET", "/plugins")
            return held_by(server)

        before = await swap(SWAPS // 3)
        after = await swap(SWAPS - SWAPS // 3)
        print(f"{isolation}: after {SWAPS // 3} swaps {before}, after {SWAPS} {after}")
        for what in ("descriptors", "threads", "mappings", "builds"):
            assert after[what] <= before[what] + 4, (what, before, after)
        figure(f"{isolation}: memory that {SWAPS - SWAPS // 3} swaps have cost", after["kib"] - before["kib"], "KiB")
        assert after["kib"] <= before["kib"] * 1.1 + 2048, (before, after)


def held_by(server):
    process = Path(f"/proc/{server.process.pid}")
    status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
    return {"kib": int(status["VmRSS"].split()[0]), "threads": int(status["Threads"]),
            "descriptors": len(list((process / "fd").iterdir())),
            "mappings": sum(".so" in line for line in (process / "maps").read_text().splitlines()),
            "builds": len(list((server.folder / "data").rglob("*.so")))}
