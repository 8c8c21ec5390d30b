"""`python -m train.verify_gpu`: one page about the models of a profile on this machine.

For people who have a GPU: runs two blocks of one sample user with nothing remembered, prints
tokens, seconds and memory, and asks five questions that a model in working order passes. Ends with
1 if one of them fails.
"""

import argparse
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import torch
from scipy.stats import kendalltau

from core import prompts
from core.commands import command
from core.datasets.sources import ensure_sample
from core.language_model import Decoding
from core.memory import RememberingModel
from core.mllm_msr import Models, candidate_covers, recommend
from core.models import load_models
from core.preference import BLOCK_SIZE
from core.profiles import PROFILES
from core.prompts import Prompt
from core.records import Dataset, ItemSummary, ModelText, Run
from core.settings import Settings, sqlite_url
from core.store import Store
from core.transformers_model import TransformersModel
from train.progress import say

READ = 2 * BLOCK_SIZE  # items of the history
LEAST_MASS = 0.1  # on yes and no together, where they are asked for
LEAST_TAU = 0.9  # between candidates scored together and one by one
Plain = Callable[[Sequence[Prompt]], Sequence[float]]
STRANGER = "The user appears to like nothing but tax law, in grey."


@command
def main(argv: list[str]) -> int:
    """Run, ask and print."""
    arguments = _parser().parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(
            Settings.from_environment(),
            database_url=sqlite_url(Path(folder) / "store.db"),
            remote_urls=(),
            picture_bytes=0,
        )
        store = Store(settings.database_url)
        ensure_sample(store, settings.assets)
        models = load_models(settings, store, say, arguments.profile)
        scorer = cast(RememberingModel, models.recommender).model
        lines, passed = page(store, models, cast(TransformersModel, scorer).plain_margins)
    print("\n".join(lines))
    return 0 if passed else 1


def page(store: Store, models: Models, plain: Plain) -> tuple[list[str], bool]:
    """Run two blocks of a sample user.

    Args:
        store: with the sample.
        models: with a store of their own that knows no answer.
        plain: the recommender's margins, one prompt at a time and without anything of ours.

    Returns:
        Lines to print; and whether every probe was passed.
    """
    user = store.user_ids("videos", shortest=READ + 1)[0]
    whole = store.history("videos", user)
    history = replace(whole, items=whole.items[:READ])
    *_, last = recommend(
        history, store.candidates(whole), models, "recurrent", score_every_block=False
    )
    run = last.run
    lines = [f"{models.profile} profile, {_device()}", "", *_costs(run), ""]
    found = list(probes(run, history.dataset, models, plain))
    lines += [f"{'pass' if passed else 'FAIL'}  {said}" for said, passed in found]
    return lines, all(passed for _, passed in found)


def probes(run: Run, dataset: Dataset, models: Models, plain: Plain) -> Iterator[tuple[str, bool]]:
    """Ask what a model in working order can answer: in words, and whether it was passed."""
    text, covers = run.preferences[-1].written.text, candidate_covers(dataset, run.candidates)

    def asked(preference: str, *, swapped: bool = False) -> list[Prompt]:
        shown = list(covers.values())
        pictures = dict(zip(covers, [*shown[1:], *shown[:1]], strict=True)) if swapped else covers
        return [
            prompts.recommend(
                preference, item, pictures.get(item.item_id), dataset.noun, models.order
            )
            for item in run.candidates
        ]

    scores = run.scores[-1]
    together = [score.margin for score in scores]
    mass = min(score.label_mass for score in scores)
    yield (
        f"yes and no take up at least {LEAST_MASS:g} where they are asked for: {mass:.2f}",
        (mass >= LEAST_MASS),
    )
    tau = float(kendalltau(together, plain(asked(text))).statistic)
    yield f"candidates scored one by one come in the same order: tau {tau:.3f}", tau >= LEAST_TAU
    moved = _moved(together, models, asked(STRANGER))
    yield f"another preference moves the margins: by {moved:.3f} at most", moved > 0
    moved = _moved(together, models, asked(text, swapped=True))
    yield f"another picture moves the margins: by {moved:.3f} at most", moved > 0
    prompt = prompts.preference([s.fused.text for s in run.summaries[:3]], dataset.noun, None)
    twice = [models.user_summarizer.generate_batch([prompt], Decoding(n))[0] for n in (24, 25)]
    same = bool(twice[0].text.strip()) and twice[1].text.startswith(twice[0].text)
    yield f"the same question has the same answer: {twice[0].text.strip()[:60]!r}", same


def _moved(before: Sequence[float], models: Models, asked: Sequence[Prompt]) -> float:
    after = [found.margin for found in models.recommender.margins(asked)]
    return max(abs(a - b) for a, b in zip(before, after, strict=True))


def _costs(run: Run) -> list[str]:
    written = [t for s in run.summaries for t in _texts(s)]
    preferences = [preference.written for preference in run.preferences]
    asked = run.score_prompts[-1].provenance
    rows = [
        (f"{len(run.summaries)} items summarised", "item_summary", written, "tokens written"),
        (f"{len(preferences)} preferences", "preference", preferences, "tokens written"),
    ]
    lines = [
        f"{name}: {sum(t.provenance.tokens for t in texts)} {unit}, {run.seconds[stage]:.1f} s"
        for name, stage, texts, unit in rows
    ]
    seconds = run.seconds["recommender"]
    lines.append(f"{len(run.candidates)} candidates: {asked.tokens} tokens read, {seconds:.1f} s")
    signed = (written[0].provenance, preferences[0].provenance, asked)
    return [*lines, *(f"{made.checkpoint}: {made.checkpoint_sha}" for made in signed), _memory()]


def _texts(summary: ItemSummary) -> list[ModelText]:
    if summary.image_description is None:
        return [summary.text_summary]
    return [summary.text_summary, summary.image_description, summary.fused]


def _device() -> str:
    if not torch.cuda.is_available():
        return f"no GPU: {os.cpu_count()} CPUs, torch {torch.__version__}"
    found = torch.cuda.get_device_properties(0)
    return f"{found.name}, {found.total_memory / 1e9:.0f} GB, torch {torch.__version__}"


def _memory() -> str:
    if torch.cuda.is_available():
        return f"memory of the GPU at most: {torch.cuda.max_memory_allocated() / 1e9:.1f} GB"
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f"memory at most: {kilobytes / 1e6:.1f} GB"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m train.verify_gpu",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--profile", choices=list(PROFILES), default="paper")
    return parser


if __name__ == "__main__":
    sys.exit(main())
