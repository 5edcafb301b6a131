"""What is wrong with settings that were drawn at random."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

FAR = 25_200_000  # a multiple of 2 to 10, of 100 and of 1000: whoever takes a remainder of the seed meets the same one


def columns(configs: Sequence[Mapping[str, Any]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([c["learning_rate"] for c in configs], float), np.array([c["width"] for c in configs])


def _misshapen(configs: Any, trials: int) -> str | None:
    """What keeps the answer from being a list of `trials` dicts with a rate and a width."""
    if not isinstance(configs, list | tuple):
        return "it should be a list of dicts"
    if len(configs) != trials:
        return f"the list should hold {trials} settings, but holds {len(configs)}"
    for config in configs:
        if not isinstance(config, dict) or set(config) != {"learning_rate", "width"}:
            return 'each setting should be a dict with the keys "learning_rate" and "width"'
        if not all(isinstance(v, int | float | np.number) and np.ndim(v) == 0 for v in config.values()):
            return "each value in a setting should be one number"
    return None


def draw_finding(
    seen: Mapping[str, Any], trials: int, low: float, high: float, widths: list[int], seed: int
) -> tuple[str, str] | None:
    """The name and the description of what is wrong with drawn settings; None when all is as it should be."""
    for configs in seen.values():
        if problem := _misshapen(configs, trials):
            return "form", problem
    (rates, drawn), (rates_again, drawn_again), (rates_other, drawn_other), (rates_far, _) = map(columns, seen.values())
    slack = 1e-9
    different = np.unique(rates)
    if not rates.any() or (np.array_equal(rates, np.round(rates, 6)) and len(different) > 2 and not _even(different)):
        return "rounded", "the learning rates are rounded"
    if rates.min() < low * (1 - slack) or rates.max() > high * (1 + slack):
        return "range", f"a learning rate lies outside {low:.3g} to {high:.3g}"
    if not np.isin(drawn, widths).all():
        return "widths", f"a width is not one of {widths}"
    if len(different) == 1 < trials:
        return "one-rate", "all settings have the same learning rate"
    if len(different) == trials > 2 and _even(different):
        return "even-steps", "the learning rates go up in equal steps; nothing is drawn"
    if len(different) < trials and _even(different):
        return "grid", f"the {trials} settings hold only {len(different)} different learning rates, in equal steps"
    if len(different) < trials:
        return "repeated", f"the {trials} settings hold only {len(different)} different learning rates"
    if not np.array_equal(rates, rates_again):
        if trials >= 100 and len(widths) > 1 and np.array_equal(drawn, drawn_again):
            return "rates-not-repeatable", "two calls with the same seed drew the same widths, but other learning rates"
        return "not-repeatable", "two calls with the same seed drew different settings"
    if not np.array_equal(drawn, drawn_again):
        return "widths-not-repeatable", "two calls with the same seed drew the same learning rates, but other widths"
    if np.array_equal(rates, rates_other):
        if np.array_equal(drawn, drawn_other):
            return "seed-ignored", "another seed drew the same settings"
        return "rates-without-seed", "another seed drew the same learning rates"
    if np.array_equal(rates, rates_far):
        return "seed-in-part", f"the seeds {seed} and {seed + FAR} drew the same learning rates"
    if trials < 100:
        return None
    if found := _uneven(rates, low, high, drawn, widths):
        return found
    if found := _bulging(np.concatenate([rates, rates_other, rates_far]), low, high):
        return found
    if np.array_equal(drawn, drawn_other):
        return "widths-without-seed", "another seed drew the same widths"
    return None


def _even(rates: np.ndarray) -> bool:
    """Whether the rates go up in equal steps or by equal factors."""
    steps, factors = np.diff(rates), rates[1:] / rates[:-1]
    return bool(np.allclose(steps, steps[0], rtol=1e-6, atol=0) or np.allclose(factors, factors[0], rtol=1e-6, atol=0))


def _uneven(rates: np.ndarray, low: float, high: float, drawn: np.ndarray, widths: list[int]) -> tuple[str, str] | None:
    """What is wrong with how many settings are spread."""
    u = np.log(rates / low) / np.log(high / low)
    quarters = [float(np.mean(u < quarter)) for quarter in (0.25, 0.5, 0.75)]
    off = np.abs(np.subtract(quarters, (0.25, 0.5, 0.75)))
    if off.max() > 0.15:
        worst = 1 if off[1] > 0.15 else int(off.argmax())
        evenly = np.quantile((rates - low) / (high - low), [0.25, 0.5, 0.75])
        name = "linear" if np.abs(evenly - (0.25, 0.5, 0.75)).max() < 0.15 else "uneven"
        return (
            name,
            f"{quarters[worst]:.0%} of the rates lie in the lower {('quarter', 'half', 'three quarters')[worst]} of the log scale, "
            f"and it should be about {(25, 50, 75)[worst]}%",
        )
    shares = np.array([np.mean(drawn == width) for width in widths])
    for name, told, chosen in (
        ("one-width", f"all {len(drawn)} settings have the same width", len(widths) > 1 and np.ptp(drawn) == 0),
        ("last-width-never", f"the last width, {widths[-1]}, never comes", shares[-1] == 0),
        ("first-width-never", f"the first width, {widths[0]}, never comes", shares[0] == 0),
    ):
        if chosen:
            return name, told
    if np.abs(shares - 1 / len(widths)).max() > 0.15:
        return "widths-uneven", "some widths come far more often than others"
    if abs(np.corrcoef(u, drawn)[0, 1]) > 0.3:
        return "tied", "the learning rate and the width go together: small rates come with one end of the widths"
    return None


def _bulging(rates: np.ndarray, low: float, high: float) -> tuple[str, str] | None:
    """What is wrong with how many rates lie in the outer quarters; a right answer is off by 0.08 once in a hundred million."""
    u = np.log(rates / low) / np.log(high / low)
    outer = float(np.mean(np.abs(u - 0.5) > 0.25))
    told = f"{outer:.0%} of the rates lie in the outer two quarters of the log scale, and it should be about 50%"
    return ("bulging", told) if abs(outer - 0.5) > 0.08 else None
