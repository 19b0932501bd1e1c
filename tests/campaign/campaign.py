"""Sizes and figures. A campaign is the same story in two sizes: small in every test run, large by script/campaign."""
import os

LARGE = os.environ.get("RIPOSTE_CAMPAIGN") == "large"


def size(small: int, large: int) -> int:
    return large if LARGE else small


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def figure(name: str, value: float, unit: str, at_most: float | None = None) -> None:
    """Prints it. A bound of time is held in a campaign only: tests share their machine with compilers and each other."""
    bound = "" if at_most is None else f"  (wanted <= {at_most:g})"
    print(f"{name}: {value:.4g} {unit}{bound}", flush=True)
    if LARGE and at_most is not None:
        assert value <= at_most, f"{name}: {value:.4g} {unit}, wanted <= {at_most:g}"
