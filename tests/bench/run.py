"""Runs the benches three times each and prints medians (see README.md)."""
import json
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
BUILD = Path(os.environ.get("RIPOSTE_BUILD", SOURCE / "build/release"))
RUNS = int(os.environ.get("BENCH_RUNS", "3"))
TIMEOUT_S = 900


def benches() -> dict[str, list[str]]:
    found = {p.stem.removesuffix("_bench"): ["/usr/bin/python3", "-B", str(p)] for p in sorted(HERE.glob("*_bench.py"))}
    for path in sorted((BUILD / "tests/bench").glob("*_bench")):
        found.setdefault(path.name.removesuffix("_bench"), [str(path)])
    return found


def environment() -> dict[str, str]:
    """The load keeps the last core, the server gets the first."""
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[-1]})
    if len(cores) < 2:
        print("one core only: server and load share it, the figures say little", file=sys.stderr)
    return os.environ | {"RIPOSTE_SERVER_CORE": str(cores[0]), "RIPOSTE_GENERATOR_CORE": str(cores[-1]),
                         "RIPOSTE_BUILD": str(BUILD), "RIPOSTE_SOURCE": str(SOURCE),
                         "RIPOSTE_BINARY": str(BUILD / "host/riposte")}


def run_once(command: list[str], env: dict[str, str]) -> list[dict]:
    finished = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, timeout=TIMEOUT_S, check=True)
    figures = []
    for line in finished.stdout.splitlines():
        try:
            figures.append(json.loads(line))
        except json.JSONDecodeError:
            print(line, file=sys.stderr)
    return figures


def median_of(runs: list[list[dict]]) -> list[dict]:
    """One figure a name. The median is that of the ratio, so value and ceiling are of the same run."""
    by_name: dict[str, list[dict]] = {}
    for figure in (f for run in runs for f in run):
        by_name.setdefault(figure["name"], []).append(figure)
    ordered = [sorted(same, key=measured) for same in by_name.values()]
    return [same[(len(same) - 1) // 2] | {"spread": spread(same)} for same in ordered]


def measured(figure: dict) -> float:
    return figure["value"] / figure["ceiling"] if figure.get("ceiling") else figure["value"]


def spread(same: list[dict]) -> float:
    middle = statistics.median(map(measured, same))
    return (measured(same[-1]) - measured(same[0])) / middle if middle else 0.0


def missed(figure: dict) -> bool:
    if "want" not in figure:
        return False
    comparison, bound = figure["want"].split()
    return not (measured(figure) >= float(bound) if comparison == ">=" else measured(figure) <= float(bound))


def short(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.3g}"


def print_table(figures: list[dict]) -> None:
    rows = [("WHAT", "MEDIAN", "UNIT", "CEILING", "RATIO", "SPREAD", "WANT")]
    for f in figures:
        ceiling = f.get("ceiling")
        rows.append((f["name"], short(f["value"]), f.get("unit", ""), short(ceiling) if ceiling else "-",
                     f"{measured(f):.2f}" if ceiling else "-", f"{f['spread']:.0%}",
                     (f["want"] + (" MISSED" if missed(f) else " ok")) if "want" in f else ""))
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def main(chosen: list[str]) -> int:
    there = benches()
    unknown = [name for name in chosen if name not in there]
    if unknown:
        print(f"no bench {', '.join(unknown)}; there are: {', '.join(there) or 'none'}", file=sys.stderr)
        return 2
    env, figures = environment(), []
    for name in chosen or there:
        runs = []
        for attempt in range(1, RUNS + 1):
            print(f"==> {name}, run {attempt} of {RUNS}", file=sys.stderr)
            runs.append(run_once(there[name], env))
        figures += median_of(runs)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Linux {platform.release()}, medians of {RUNS}")
    print_table(figures)
    return 1 if any(map(missed, figures)) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
