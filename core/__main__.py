"""`python -m core recommend`: the main job in a terminal, live."""

import argparse
import json
import sys
from typing import Any, get_args

from core.commands import command
from core.datasets.sources import ensure_sample
from core.mllm_msr import Progress, recommend
from core.models import load_models
from core.profiles import PROFILES
from core.prompts import PREFERENCE_CHARACTERS, quote
from core.recommender import ranked
from core.records import Run, Variant
from core.settings import Settings
from core.store import Store


@command
def main(argv: list[str]) -> None:
    """Run the method for one user and print preferences and ranked candidates."""
    arguments = _parser().parse_args(argv)
    try:
        run = _recommend(arguments)
    finally:
        _say("")
    result = as_json(run)
    print(json.dumps(result, ensure_ascii=False, indent=2) if arguments.json else _text(result))


def _recommend(arguments: argparse.Namespace) -> Run:
    settings = Settings.from_environment()
    store = Store(settings.database_url)
    ensure_sample(store, settings.assets)
    history = store.history(arguments.dataset, arguments.user)
    candidates = store.candidates(history, negatives=arguments.candidates - 1)
    models = load_models(settings, store, _say, arguments.profile)
    progress: Progress | None = None
    for progress in recommend(
        history, candidates, models, arguments.variant, score_every_block=False
    ):
        _say(progress.note)
    assert progress is not None
    return progress.run


def as_json(run: Run) -> dict[str, Any]:
    """Arrange a finished run as the command prints it; candidates by rank."""
    return {
        "dataset": run.dataset,
        "user": run.user_id,
        "profile": run.profile,
        "blocks": [
            {
                "index": preference.block.index,
                "item_ids": [item.item_id for item in preference.block.items],
                "preference": preference.written.text,
            }
            for preference in run.preferences
        ],
        "candidates": ranked(run, run.scores[-1]),
        "seconds": dict(run.seconds),
    }


def _text(result: dict[str, Any]) -> str:
    lines = []
    for block in result["blocks"]:
        lines += [
            f"Block {block['index']} ({quote(', '.join(block['item_ids']), 200)})",
            f"  {quote(block['preference'], PREFERENCE_CHARACTERS)}",
            "",
        ]
    lines.append("rank  P(yes)  margin   (relative to these candidates, not a chance of a click)")
    for c in result["candidates"]:
        mark = "  <- came next" if c["is_next"] else ""
        lines.append(
            f"{c['rank']:4}  {c['p_yes']:.3f}  {c['margin']:+.3f}   {quote(c['title'], 70)}{mark}"
        )
    return "\n".join(lines)


def _say(note: str) -> None:
    """Show one line of status, over the last one; only to a person at a terminal."""
    if sys.stderr.isatty():
        print(f"\r\033[K{note}", end="", file=sys.stderr, flush=True)


def _candidates(value: str) -> int:
    if not value.isdigit() or not 2 <= int(value) <= 1000:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number from 2 to 1000")
    return int(value)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m core", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("recommend", help="rank candidates for one user")
    command.add_argument("--dataset", required=True, help="videos, baby, games, or a prepared one")
    command.add_argument("--user", required=True, help="id of the user")
    command.add_argument(
        "--candidates",
        type=_candidates,
        default=21,
        metavar="N",
        help="how many to rank, the next item included (default: 21)",
    )
    command.add_argument(
        "--variant",
        choices=get_args(Variant),
        default="recurrent",
        help="default: recurrent; a model without eyes reads text only under each",
    )
    command.add_argument("--profile", choices=sorted(PROFILES), help="default: TASTELINE_PROFILE")
    command.add_argument("--json", action="store_true", help="print JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
