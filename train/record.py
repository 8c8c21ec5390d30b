"""`python -m train.record`: writes the recorded runs of the sample's personas."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tqdm import tqdm

from core.datasets.sources import SAMPLE, ensure_sample
from core.errors import DataError, MsrError
from core.mllm_msr import Models, recommend
from core.models import load_models
from core.recording import Recording, write_recording
from core.records import Dataset, History, Run
from core.settings import Settings
from core.store import Store
from core.why import Explanation, explain
from train.progress import progress

PACKAGES = ("tasteline", "torch", "transformers")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the method live for every persona, explain two of its scores, and record it all.

    Outputs are remembered in a store of their own that a finished recording removes: a killed one
    goes on where it was, and every recorded time is of a model that ran. An item that two
    personas share is summarised once.
    """
    parser = argparse.ArgumentParser(prog="python -m train.record", description=__doc__)
    parser.add_argument("--datasets", nargs="+", choices=SAMPLE, default=SAMPLE)
    parser.add_argument("--users", nargs="+", metavar="ID", help="only these personas")
    parser.add_argument("--out", type=Path, help="folder (default: assets/recordings)")
    arguments = parser.parse_args(argv)
    try:
        settings = Settings.from_environment()
        store = Store(settings.database_url)
        ensure_sample(store, settings.assets)
        people = [
            (dataset, persona)
            for dataset in arguments.datasets
            for persona in read_personas(settings.assets / "sample" / dataset)
            if not arguments.users or persona["user_id"] in arguments.users
        ]
        if not people:
            raise DataError(f"None of the personas is called {', '.join(arguments.users)}.")
        scratch = settings.home / "recording.db"
        memory = Store(f"sqlite:///{scratch}")
        models = load_models(settings, memory, lambda note: tqdm.write(note, file=sys.stderr))
        with progress(people, unit="run") as bar:
            for dataset, persona in bar:

                def say(note: str, user: str = persona["user_id"]) -> None:
                    bar.set_postfix_str(f"{user}: {note}", refresh=sys.stderr.isatty())

                history = store.history(dataset, persona["user_id"])
                run = finished(history, store, models, say)
                other = stranger(read_personas(settings.assets / "sample" / dataset), persona)
                said = finished(store.history(dataset, other), store, models, say).preferences
                recording = Recording(
                    run=run,
                    explanations=explained(
                        run, history.dataset, models, said[-1].written.text, say
                    ),
                    persona=persona["name"],
                    line=persona["line"],
                    recorded_at=datetime.now(UTC).isoformat(timespec="seconds"),
                    command=f"python -m train.record --datasets {dataset} "
                    f"--users {persona['user_id']}",
                    versions={name: version(name) for name in PACKAGES},
                )
                write_recording(recording, arguments.out or settings.assets / "recordings")
        for file in settings.home.glob("recording.db*"):
            file.unlink()
    except MsrError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


Say = Callable[[str], None]


def finished(history: History, store: Store, models: Models, say: Say) -> Run:
    """Run the method to its end; what is remembered costs nothing."""
    for moment in recommend(history, store.candidates(history), models):
        say(moment.note)
    return moment.run


def stranger(personas: Sequence[dict[str, str]], persona: dict[str, str]) -> str:
    """The next persona of the data set: whose preference stands in for a removed sentence."""
    users = [one["user_id"] for one in personas]
    return users[(users.index(persona["user_id"]) + 1) % len(users)]


def explained(
    run: Run, dataset: Dataset, models: Models, other: str, say: Say
) -> tuple[Explanation, ...]:
    """Explain the last scores of the first-ranked candidate and of the true next item."""
    first = max(run.scores[-1], key=lambda score: score.margin).item_id
    found = []
    for item_id in dict.fromkeys([first, run.next_item_id]):
        say(f"explaining {item_id}")
        *_, whole = explain(run, len(run.preferences), item_id, dataset, models, other)
        found.append(whole)
    return tuple(found)


def read_personas(folder: Path) -> list[dict[str, str]]:
    """Read the named users of a sample data set: user_id, name, line."""
    personas: list[dict[str, str]] = json.loads((folder / "personas.json").read_text("utf-8"))
    return personas


if __name__ == "__main__":
    sys.exit(main())
