"""What was wanted of each table of results, and whether it was reached."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from core.results import METHODS, NOT_OURS, SUMS

RIVALS = ("direct", "text-only", "zero-shot")
# To the users of a data set; the last one reads our image summaries.
FITTED = NOT_OURS - {"oracle", "random", "others"} | {"gru4rec-summary"}
UNFITTED = ("mllm-msr", "tallrec", "zero-shot", "random", *SUMS)  # not a baseline of table 3
# AUC at least, and below the oracle's at most.
WANTED = {
    "sample": (0.92, 0.05),
    "sample_other": (0.92, 0.05),
    "sample_many": (0.92, 0.05),
    "sample_hard": (0.80, 1.0),
    "sample_many_hard": (0.80, 1.0),
}
# AUC and HR@5 at least.
BARS = {
    "table3_microlens-50k": {"sasrec": (0.915, 0.88), "gru4rec": (0.89, 0.84)},
    "fold0_microlens-50k": {"mllm-msr+": (0.93, 0.90)},
}
Kind = Literal["ours against fitted", "ours", "fitted"]
KINDS: Mapping[Kind, str] = {
    "ours against fitted": "of ours against systems fitted to the data",
    "ours": "of all else of ours",
    "fitted": "of the fitted systems themselves",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was wanted in one table.

    Attributes:
        line: in words.
        reached: whether it was; None if nothing was wanted, or nothing is measured yet.
        of: of what: systems of ours held against fitted ones, fitted ones, all else of ours.
    """

    line: str
    reached: bool | None
    of: Kind = "ours"


def shares(found: Sequence[Verdict]) -> str:
    """How much of each kind was reached, in words; nothing where there is one kind alone."""
    counted = []
    for kind, words in KINDS.items():
        reached = [one.reached for one in found if one.of == kind and one.reached is not None]
        if reached:
            counted.append(f"{sum(reached)} of {len(reached)} {words}")
    return ", ".join(counted) if len(counted) > 1 else ""


def verdicts(name: str, methods: Mapping[str, Any]) -> tuple[Verdict, ...]:
    """Hold a table of methods to what was wanted of it; nothing where nothing was.

    Args:
        name: of the result file, without its ending.
        methods: of the file.
    """
    kind = name.split("_")[0]
    if kind == "cold":
        return (
            *_wanted_above(methods, ("sasrec", "sasrec-f")),
            *_above_best(methods, "mllm-msr", but=("sasrec", "sasrec-f")),
            *_wanted_best(methods),
            *_worth_of_the_margin(methods),
        )
    if kind == "fold0":
        return (
            *_wanted_above(methods, ("zero-shot", "tallrec")),
            *_wanted_best(methods),
            *_bars(methods, BARS.get(name, {})),
            *_beside_the_best(methods),
            *_worth_of_the_margin(methods),
            *(_above_popularity(methods) if name == "fold0_microlens-50k" else ()),
        )
    if kind == "table3":
        return (*_bars(methods, BARS.get(name, {})), *_above_popularity(methods))
    if name not in WANTED or "mllm-msr" not in methods:
        return ()
    auc, (bar, most) = methods["mllm-msr"]["auc"], WANTED[name]
    found = [Verdict(f"AUC of MLLM-MSR at least {bar:.2f}", auc["mean"] >= bar)]
    if "oracle" in methods:
        gap = methods["oracle"]["auc"]["mean"] - auc["mean"]
        wanted = f", at most {most:.2f}" if most < 1 else ""
        found.append(
            Verdict(f"gap to the oracle {gap:.3f}{wanted}", gap <= most if wanted else None)
        )
    return (
        *found,
        *_above(methods, "mllm-msr", RIVALS),
        *_above_best(methods, "mllm-msr+"),
        *(_beside_the_best(methods) if "mllm-msr+" in methods else ()),
        *_worth_of_the_margin(methods),
    )


def _bars(methods: Mapping[str, Any], bars: Mapping[str, tuple[float, float]]) -> Iterator[Verdict]:
    """Whether methods reach an AUC and an HR@5."""
    for name, wanted in bars.items():
        for figure, bar in zip(("auc", "hr@5"), wanted, strict=True):
            if name in methods:
                line = f"{figure.upper()} of {_short(name)} at least {bar:g}"
                of: Kind = "fitted" if name in FITTED else "ours"
                yield Verdict(line, methods[name][figure]["mean"] >= bar, of)


def _above(methods: Mapping[str, Any], ours: str, rivals: Sequence[str]) -> Iterator[Verdict]:
    """Whether a method's AUC is above those of others, and their intervals apart."""
    for rival in rivals:
        if ours not in methods or rival not in methods:
            continue
        line = f"{_short(ours)} above {_short(rival)}, intervals apart"
        if paired := _paired(methods, ours, rival):
            line += f" (paired difference {paired})"
        if list(methods[rival]["auc"]["ci95"]) == [0.5, 0.5]:
            yield Verdict(f"{line}: by construction, since it gives all the same score", None)
            continue
        reached = _is_apart(methods, ours, rival)
        if reached and ours == "mllm-msr+" and _is_apart(methods, "others", rival):
            line += ", which it is without MLLM-MSR, too"
        against: Kind = "ours against fitted" if rival in FITTED else "ours"
        yield Verdict(line, reached, "fitted" if ours in FITTED else against)


def _is_apart(methods: Mapping[str, Any], above: str, below: str) -> bool:
    """Whether the interval of one method's AUC is above that of another's."""
    if above not in methods:
        return False
    low, high = methods[above]["auc"]["ci95"][0], methods[below]["auc"]["ci95"][1]
    return bool(low > high)


def _paired(methods: Mapping[str, Any], ours: str, rival: str) -> str:
    """How far a method's AUC is above another's, user by user; nothing if it was not asked."""
    one, other = methods.get(ours, {}).get("behind", {}), methods.get(rival, {}).get("behind", {})
    if ours in other:
        mean, (low, high) = other[ours]["auc"]["mean"], other[ours]["auc"]["ci95"]
    elif rival in one:  # asked the other way round
        mean, (high, low) = -one[rival]["auc"]["mean"], (-end for end in one[rival]["auc"]["ci95"])
    else:
        return ""
    return f"{mean:z.3f}, {low:z.3f} to {high:z.3f}".replace("-", "−")


def _beside_the_best(methods: Mapping[str, Any]) -> Iterator[Verdict]:
    """How far MLLM-MSR alone is above the best fitted system; nothing was wanted of it."""
    fitted = [name for name in methods if name in FITTED]
    best = max(fitted, key=lambda name: methods[name]["auc"]["mean"], default="")
    if _paired(methods, "mllm-msr", best):
        line = f"MLLM-MSR above {_short(best)}, the best that is fitted, paired"
        yield Verdict(f"{line}: {_paired(methods, 'mllm-msr', best)}", None)


def _worth_of_the_margin(methods: Mapping[str, Any]) -> Iterator[Verdict]:
    """What MLLM-MSR+ loses without MLLM-MSR; nothing was wanted of it."""
    if paired := _paired(methods, "mllm-msr+", "others"):
        yield Verdict(f"what the margin adds to MLLM-MSR+, paired: {paired}", None)


def _wanted_above(methods: Mapping[str, Any], rivals: Sequence[str]) -> Iterator[Verdict]:
    """The same for MLLM-MSR, and a line for what has not been measured yet."""
    for rival in rivals:
        if "mllm-msr" in methods and rival in methods:
            yield from _above(methods, "mllm-msr", (rival,))
        else:
            yield Verdict(f"MLLM-MSR above {_short(rival)}: not measured yet", None)


def _wanted_best(methods: Mapping[str, Any]) -> Iterator[Verdict]:
    """Whether MLLM-MSR+ is above every other system, or that it has not been measured yet."""
    if "mllm-msr+" in methods:
        yield from _above_best(methods, "mllm-msr+")
    else:
        yield Verdict("MLLM-MSR+ above every other: not measured yet", None)


def _above_popularity(methods: Mapping[str, Any]) -> Iterator[Verdict]:
    """Whether the AUC of each system that was fitted is above that of popularity."""
    others = [one for one in methods if one not in {*UNFITTED, "popularity"}]
    return (verdict for one in others for verdict in _above(methods, one, ("popularity",)))


def _above_best(
    methods: Mapping[str, Any], ours: str, but: Sequence[str] = ()
) -> Iterator[Verdict]:
    """Whether a method's AUC is above that of the best other one, the oracle and sums aside.

    Nothing is said of those that it was held against before.
    """
    others = [one for one in methods if one not in {ours, "oracle", *SUMS}]
    best = max(others, key=lambda one: methods[one]["auc"]["mean"], default="")
    return _above(methods, ours, () if best in but else (best,))


def _short(name: str) -> str:
    """A method's label without what explains it."""
    return METHODS[name].split(":")[0].split(",")[0]
