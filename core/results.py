"""The result files that every figure comes from, and what their parts are called."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

EARLIER = "earlier weights"
BLOCK_SIZES = (1, 2, 3, 4, 5, 6)  # figure 5
LENGTHS = (8, 16, 24, 48, 96)  # figure 6: tokens a preference may have

METHODS: Mapping[str, str] = {
    "oracle": "oracle (planted taste)",
    "mllm-msr+": "MLLM-MSR+: with what others did next and popularity (ours)",
    "others": "MLLM-MSR+ without MLLM-MSR: what others did next and popularity alone",
    "mllm-msr": "MLLM-MSR, embedded",
    "direct": "direct: the whole history in one prompt (figure 4)",
    "no-image-summary": "no image summaries; the recommender still sees (figure 4)",
    "text-only": "text only, everywhere",
    "zero-shot": "zero-shot: no adapter for users and scores",
    "tallrec": "TALLRec: bare titles, fine-tuned",
    "sasrec-f": "SASRec with text and image",
    "gru4rec-f": "GRU4Rec with text and image",
    "mmsr": "MMSR",
    "trans2d": "Trans2D",
    "mgat": "MGAT",
    "mmgcn": "MMGCN",
    "sasrec": "SASRec",
    "gru4rec": "GRU4Rec",
    "gru4rec-summary": "GRU4Rec of image summaries alone",
    "gru4rec-image": "GRU4Rec of image features alone",
    "co-occurrence": "co-occurrence of items",
    "popularity": "popularity",
    "random": "random",
    **{f"block-{n}": f"{n} item{'s' * (n > 1)} a block" for n in BLOCK_SIZES},
    **{f"length-{n}": f"at most {n} tokens" for n in LENGTHS},
}
PEERS = {"sasrec": "SASRec, ours", "rectools": "SASRec, RecTools"}
RIVALS = ("direct", "text-only", "zero-shot")
# Methods that no weight of ours enters: fitted, counted or drawn; TALLRec reads bare titles.
NOT_OURS = {
    *("oracle", "tallrec", "sasrec", "sasrec-f", "gru4rec", "gru4rec-f", "gru4rec-image"),
    *("mmsr", "trans2d", "mgat", "mmgcn", "co-occurrence", "popularity", "random", "others"),
}
SUMS = ("mllm-msr+", "others")  # of systems that have rows of their own
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
FITTED_BARS = {"table3_microlens-50k": {"sasrec": (0.915, 0.88), "gru4rec": (0.89, 0.84)}}
TABLES = {
    "cold_sample": "Cold items: nothing has learnt from any candidate",
    "cold_posters": "Cold items of films (MovieLens, with posters)",
    "cold_microlens-50k": "Cold items of MicroLens-50k, which has no covers",
    "cold_video-games": "Cold items of Amazon Video Games, which has no covers",
    "fold0_sample": "Table 3 on the sample: every system on users of fold 0",
    "fold0_posters": "Table 3 on films (MovieLens, with posters): systems on users of fold 0",
    "fold0_microlens-50k": "Table 3 on MicroLens-50k, without covers: systems on users of fold 0",
    "fold0_video-games": "Table 3 on Video Games, without covers: systems on users of fold 0",
    "table3_sample": "Table 3 on the sample: systems that are fitted, over folds and seeds",
    "table3_posters": "Table 3 on films: systems that are fitted, over folds and seeds",
    "table3_microlens-50k": "Table 3 on MicroLens-50k: systems that are fitted, over folds",
    "table3_video-games": "Table 3 on Amazon Video Games: systems that are fitted, over folds",
    "sample": "Candidates drawn uniformly",
    "sample_other": "The same users, other candidates",
    "sample_many": "Every user of the sample, over five folds",
    "sample_hard": "Hard candidates: a taste of the past, or the right theme in the wrong style",
    "sample_many_hard": "The same hard candidates, over five folds",
    "sample_blocks": "Block sizes (figure 5)",
    "sample_lengths": "Lengths of a preference (figure 6)",
    "posters_shipped": "Films, with the recommender of the sample, which is shipped",
    "microlens": "MicroLens-50k",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a result file, and what was wanted of it.

    Attributes:
        path: keys that lead to its mean and interval.
        label: what it is called.
        bar: what it is to reach; None if nothing was wanted.
        at_most: whether it is to stay at or below the bar.
    """

    path: tuple[str, ...]
    label: str
    bar: float | None = None
    at_most: bool = False

    def of(self, found: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Its mean and interval in a file; None where the file has none."""
        row: Mapping[str, Any] | None = found
        for name in self.path:
            row = row.get(name) if row else None
        return row

    def is_reached(self, mean: float) -> bool | None:
        """Whether a mean reaches the bar; None without one."""
        if self.bar is None:
            return None
        return mean <= self.bar if self.at_most else mean >= self.bar

    @property
    def wanted(self) -> str:
        """The bar in words."""
        if self.bar is None:
            return ""
        return f"{'at most' if self.at_most else 'at least'} {self.bar:g}"


STAGES = (
    Figure(("descriptions", "motif"), "the cover's motif is named", 0.90),
    Figure(("descriptions", "drawing"), "the very drawing is named"),
    Figure(("descriptions", "style"), "the cover's style is named", 0.90),
    Figure(("descriptions", "fused_theme"), "theme in the fused summary"),
    Figure(("descriptions", "fused_style"), "style in the fused summary"),
    Figure(("mllm-msr", "theme_f1"), "theme F1 of the preference, mean over blocks", 0.85),
    Figure(("zero-shot", "theme_f1"), "the same, zero-shot"),
    Figure(("mllm-msr", "style"), "style of the preference, mean over blocks"),
    Figure(("mllm-msr", "drift_named"), "drift named within one block", 0.85),
    Figure(("mllm-msr", "drift_liked"), "drift named as a liking within one block"),
    Figure(("mllm-msr", "faded_dropped"), "faded theme gone at the end"),
)
EXPLANATIONS = (
    Figure(
        ("headline",), "Deletion of sentences: this order between random (0) and greedy (1)", 0.70
    ),
    Figure(
        ("scrutability", "flip", "success"), "A flipped theme moves both themes the right way", 0.90
    ),
    Figure(("scrutability", "add", "success"), "An added theme rises", 0.90),
    Figure(("scrutability", "delete", "success"), "A deleted theme falls", 0.85),
    Figure(
        ("scrutability", "paraphrase", "relative_to_deletion"),
        "Drift of all candidates under a paraphrase over what a deletion moves its own",
        0.15, at_most=True,
    ),
    Figure(("stranger_tau",), "Kendall tau with a stranger’s preference", 0.50, at_most=True),
    Figure(("empty_tau",), "Kendall tau with no preference"),
    Figure(("grounding", "claims_supported"), "Claims that an item summary supports", 0.90),
    Figure(("grounding", "themes_in_history"), "Themes named that the history really has"),
    Figure(("evolution_over_noise",), "Change between blocks over change within one", 3.0),
    Figure(("shuffled",), "Distance of the last preference if blocks come backwards"),
)  # fmt: skip
MODALITY_LABELS = {
    "preference": "The preference adds to a first-ranked candidate’s margin, nats",
    "image": "Its image adds",
    "title": "Its title adds",
}


Kind = Literal["ours against fitted", "ours", "fitted"]
KINDS: Mapping[Kind, str] = {
    "ours against fitted": "where ours are held against systems fitted to the data",
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
            *_beside_the_best(methods),
            *_worth_of_the_margin(methods),
            *(_above_popularity(methods) if name == "fold0_microlens-50k" else ()),
        )
    if kind == "table3":
        return (*_bars(methods, FITTED_BARS.get(name, {})), *_above_popularity(methods))
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
                line = f"{figure.upper()} of {METHODS[name]} at least {bar:g}"
                yield Verdict(line, methods[name][figure]["mean"] >= bar, "fitted")


def _above(methods: Mapping[str, Any], ours: str, rivals: Sequence[str]) -> Iterator[Verdict]:
    """Whether a method's AUC is above those of others, and their intervals apart."""
    for rival in rivals:
        if ours not in methods or rival not in methods:
            continue
        row = methods[rival]
        line = f"{_short(ours)} above {_short(rival)}, intervals apart"
        if ours == "mllm-msr" and "behind" in row:
            line += f" (paired difference {_paired(row)})"
        reached = row["auc"]["ci95"][1] < methods[ours]["auc"]["ci95"][0]
        against: Kind = "ours against fitted" if rival in FITTED else "ours"
        yield Verdict(line, reached, "fitted" if ours in FITTED else against)


def _paired(row: Mapping[str, Any]) -> str:
    """How far a method's AUC is behind the one that it is paired with."""
    behind = row["behind"]["auc"]
    low, high = behind["ci95"]
    return f"{behind['mean']:.3f}, {low:.3f} to {high:.3f}"


def _beside_the_best(methods: Mapping[str, Any]) -> Iterator[Verdict]:
    """How far MLLM-MSR alone is above the best fitted system; nothing was wanted of it."""
    fitted = [name for name in methods if name in FITTED and "behind" in methods[name]]
    if fitted:
        best = max(fitted, key=lambda name: methods[name]["auc"]["mean"])
        line = f"MLLM-MSR above {_short(best)}, the best that is fitted, paired"
        yield Verdict(f"{line}: {_paired(methods[best])}", None)


def _worth_of_the_margin(methods: Mapping[str, Any]) -> Iterator[Verdict]:
    """What MLLM-MSR+ loses without MLLM-MSR; nothing was wanted of it."""
    if "behind" in (row := methods.get("others", {})):
        yield Verdict(f"what the margin adds to MLLM-MSR+, paired: {_paired(row)}", None)


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


def costs(row: Mapping[str, Any]) -> tuple[int, float] | None:
    """What a fit of a method costs: parameters, and seconds in the mean; None if none is learnt."""
    if not row.get("parameters"):
        return None
    seconds = [part["seconds"] for part in row["folds"]]
    return row["parameters"], sum(seconds) / len(seconds)


def weights_hash(*folders: Path | None) -> str:
    """A short hash of the safetensors in folders: results of other weights are other results."""
    digest = hashlib.sha256()
    for folder in filter(None, folders):
        for file in sorted(folder.rglob("*.safetensors")):
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def read_results(folder: Path) -> dict[str, Any]:
    """Read every result file of a folder, by its name without the ending.

    What was measured with models of other weights than are shipped beside the folder has `EARLIER`,
    unless no model of ours enters any of its methods.
    """
    shipped = weights_hash(folder.parent / "embedded")
    found: dict[str, Any] = {}
    for file in sorted(folder.glob("*.json")):
        result = json.loads(file.read_text("utf-8"))
        measured = result.get("protocol", {}).get("shipped", shipped)
        methods = result.get("methods")
        if measured != shipped and (methods is None or methods.keys() - NOT_OURS):
            result[EARLIER] = True
        found[file.stem] = result
    return found
