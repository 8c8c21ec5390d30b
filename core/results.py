"""The result files that every figure comes from, and what their parts are called."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EARLIER = "earlier weights"
OF_EARLIER = "**Measured with earlier weights than those shipped now.**"
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
    "gru4rec-summary": "GRU4Rec of our image summaries alone",
    "gru4rec-image": "GRU4Rec of image features alone",
    "co-occurrence": "co-occurrence of items",
    "popularity": "popularity",
    "random": "random",
    **{f"block-{n}": f"{n} item{'s' * (n > 1)} a block" for n in BLOCK_SIZES},
    **{f"length-{n}": f"at most {n} tokens" for n in LENGTHS},
}
PEERS = {"sasrec": "SASRec, ours", "rectools": "SASRec, RecTools"}
# Methods that no weight of ours enters: fitted, counted or drawn; TALLRec reads bare titles.
NOT_OURS = {
    *("oracle", "tallrec", "sasrec", "sasrec-f", "gru4rec", "gru4rec-f", "gru4rec-image"),
    *("mmsr", "trans2d", "mgat", "mmgcn", "co-occurrence", "popularity", "random", "others"),
}
SUMS = ("mllm-msr+", "others")  # of systems that have rows of their own
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
    Figure(
        ("grounding", "claims_supported"), "Claims that an item’s title or summary supports", 0.90
    ),
    Figure(("grounding", "themes_in_history"), "Themes named that the history really has"),
    Figure(("evolution_over_noise",), "Change between blocks over change within one", 3.0),
    Figure(("shuffled",), "Distance of the last preference if blocks come backwards"),
)  # fmt: skip
MODALITY_LABELS = {
    "preference": "The preference adds to a first-ranked candidate’s margin, nats",
    "image": "Its image adds",
    "title": "Its title adds",
}


def costs(row: Mapping[str, Any]) -> tuple[int, float] | None:
    """What a fit of a method costs: parameters, and seconds in the mean; None if none is learnt."""
    if not row.get("parameters"):
        return None
    seconds = [part["seconds"] for part in row["folds"]]
    return row["parameters"], sum(seconds) / len(seconds)


def commands(found: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Date and command of everything that a result file holds, each once."""
    rows = found["methods"].values() if "methods" in found else [found]
    about = [row["provenance"] for row in rows]
    return tuple(dict.fromkeys((one["date"], one["command"]) for one in about))


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
