"""`python -m train.record`: writes the recorded runs of the sample's personas."""

import argparse
import hashlib
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path

from tqdm import tqdm

from core.commands import command
from core.datasets.sources import SAMPLE, ensure_sample
from core.errors import DataError
from core.mllm_msr import recommend
from core.models import load_models
from core.personas import Persona, next_persona, read_personas
from core.recording import Recording, read_recording, write_recording
from core.records import History, Run
from core.rivals import COUNTED, READERS, Answer, ask, counted
from core.settings import Settings, sqlite_url
from core.store import Store
from core.streams import drain
from core.why import Explanation, explain
from train.progress import progress

KEPT = "recording"  # folder in the cache, while recording
CODE = Path(__file__).parents[1] / "core"  # an older run is not gone on with
PACKAGES = ("tasteline", "torch", "transformers")


@command
def main(argv: list[str]) -> None:
    """Run the method live for every persona, explain two scores, ask rivals, and record it all.

    Finished runs and all outputs are kept in a folder of their own that a finished recording of
    all personas removes: a killed one goes on where it was, and the recorded times of a run are
    those of the first time, when the models ran; of the run that was killed midway, those of its
    second half. An item that two personas share is summarised once.
    """
    parser = argparse.ArgumentParser(prog="python -m train.record", description=__doc__)
    parser.add_argument("--datasets", nargs="+", choices=SAMPLE, default=SAMPLE)
    parser.add_argument("--users", nargs="+", metavar="ID", help="only these personas")
    parser.add_argument("--out", type=Path, help="folder (default: assets/recordings)")
    arguments = parser.parse_args(argv)
    settings = Settings.from_environment()
    store = Store(settings.database_url)
    ensure_sample(store, settings.assets)
    everybody = read_personas(settings.assets / "sample")
    people = [
        persona
        for persona in everybody
        if persona.dataset in arguments.datasets
        and (not arguments.users or persona.user_id in arguments.users)
    ]
    if not people:
        raise DataError(f"None of the personas is called {', '.join(arguments.users)}.")
    with progress(people, unit="run") as bar:
        recorder = Recorder(
            settings,
            store,
            lambda note: bar.set_postfix_str(note, refresh=sys.stderr.isatty()),
        )
        for persona in bar:
            recording = recorder.record(persona)
            write_recording(recording, arguments.out or settings.assets / "recordings")
    if len(people) == len(everybody):  # else another recording may still go on there
        shutil.rmtree(settings.home / KEPT)


class Recorder:
    """Runs everything that a recording holds; what was run before costs nothing."""

    def __init__(self, settings: Settings, store: Store, say: Callable[[str], None]) -> None:
        """Keep runs and outputs in a folder of their own; models are loaded when first needed."""
        self._settings, self._store, self._say = settings, store, say
        self._kept = settings.home / KEPT
        self._kept.mkdir(parents=True, exist_ok=True)
        memory = Store(sqlite_url(self._kept / "outputs.db"))
        note = partial(tqdm.write, file=sys.stderr)
        self._models = cache(
            lambda adapters: load_models(settings, memory, note, adapters=adapters)
        )

    def record(self, persona: Persona) -> Recording:
        """Record one persona."""
        begun = self._begun(persona)
        run, history = begun.run, self._store.history(persona.dataset, persona.user_id)
        return replace(
            begun,
            explanations=self._explained(run, history, self._other(persona)),
            rivals=self._rivals(run, history),
        )

    def _begun(self, persona: Persona) -> Recording:
        """Run the method to its end, once: a second time, from memory, would take no time."""
        models = self._models(True)
        weights = (models.item_summarizer, models.user_summarizer, models.recommender)
        history = self._store.history(persona.dataset, persona.user_id)
        candidates = self._store.candidates(history)
        code = [file.read_text("utf-8") for file in sorted(CODE.glob("*.py"))]
        made_of = [*(model.checkpoint.sha for model in weights), history, candidates, code]
        kept = self._kept / hashlib.sha256(repr(made_of).encode()).hexdigest()[:12]
        file = kept / persona.dataset / f"{persona.user_id}.json"
        if file.exists():
            return replace(read_recording(file), persona=persona.name, line=persona.line)
        for moment in recommend(history, candidates, models):
            self._say(f"{history.user_id}: {moment.note}")
        recording = Recording(
            run=moment.run,
            persona=persona.name,
            line=persona.line,
            recorded_at=datetime.now(UTC).isoformat(timespec="seconds"),
            command="python -m train.record "
            f"--datasets {persona.dataset} --users {persona.user_id}",
            versions={name: version(name) for name in PACKAGES},
        )
        write_recording(recording, kept)
        return recording

    def _other(self, persona: Persona) -> str:
        """The last preference of the next persona, which stands in for a removed sentence."""
        personas = read_personas(self._settings.assets / "sample")
        other = next_persona(personas, persona.dataset, persona.user_id)
        assert other  # a data set of the sample has six
        return self._begun(other).run.preferences[-1].written.text

    def _explained(self, run: Run, history: History, other: str) -> tuple[Explanation, ...]:
        """Explain the last scores of the first-ranked candidate and of the true next item."""
        first = max(run.scores[-1], key=lambda score: score.margin).item_id
        found = []
        for item_id in dict.fromkeys([first, run.next_item_id]):
            self._say(f"{run.user_id}: explaining {item_id}")
            blocks, models = len(run.preferences), self._models(True)
            *_, whole = explain(run, blocks, item_id, history.dataset, models, other)
            found.append(whole)
        return tuple(found)

    def _rivals(self, run: Run, history: History) -> tuple[Answer, ...]:
        """What the other systems make of the same user and candidates."""
        found = []
        for system in (*READERS[1:], *COUNTED):
            self._say(f"{run.user_id}: asking {system}")
            if system in COUNTED:
                found.append(counted(system, self._store, run))
            else:
                found.append(drain(ask(system, history, run.candidates, self._models)))
        return tuple(found)


if __name__ == "__main__":
    sys.exit(main())
