"""What can be opened: the personas' recorded runs, and any user of any prepared data set."""

import logging
from collections.abc import Sequence

from app.screen import Screen
from app.views.page import Person, PickerState
from app.views.timeline import next_rank
from core.errors import DataError, MsrError, StoreError
from core.personas import Persona, next_persona
from core.recording import Recording
from core.records import Dataset, History, Run
from core.settings import Settings, sqlite_url
from core.store import Store, readable

logger = logging.getLogger(__name__)
MOST_FOUND = 20  # users that a search shows


def open_store(settings: Settings) -> tuple[Store, tuple[str, ...]]:
    """Open the store, or one on this machine in the place of a server that cannot be reached.

    Returns:
        The store; and a line that says what is missing, if anything is.

    Raises:
        StoreError: if a file cannot be opened: whoever named it can mend it.
    """
    try:
        return Store(settings.database_url), ()
    except StoreError as error:
        if settings.database_url.startswith("sqlite"):
            raise
        logger.warning("%s", error)  # visitors need not know where it is
        here = Store(sqlite_url(settings.home / "without-server.db"))
        return here, (
            "The database could not be opened; the log says why. Recorded runs and the sample "
            "catalogue are here, and what is run live stays on this machine.",
        )


class Library:
    """Opens users: as their recorded run where there is one, else as a history nobody ran yet."""

    def __init__(
        self,
        store: Store,
        personas: Sequence[Persona],
        recordings: Sequence[Recording],
        notes: Sequence[str] = (),
        no_models: Sequence[str] = (),
    ) -> None:
        """Keep what can be opened.

        Args:
            store: every prepared data set.
            personas: in the order of the picker; the first one is the first story.
            recordings: the usable recorded runs.
            notes: a line for whatever is missing: recorded runs, the database.
            no_models: why nothing can be run live, as far as it is known; until something is.
        """
        self._store = store
        self.personas = tuple(personas)
        self._recordings = {(r.run.dataset, r.run.user_id): r for r in recordings}
        self._notes, self.no_models = tuple(notes), tuple(no_models)
        self._prepared: tuple[Dataset, ...] = ()

    def first(self) -> Screen:
        """Open what a visitor sees first: the first persona with a recorded run, whole.

        Raises:
            MsrError: if there is no data set at all.
        """
        for persona in self.personas:
            if (persona.dataset, persona.user_id) in self._recordings:
                return self.open(persona.dataset, persona.user_id)
        datasets = self._datasets()
        if not datasets:
            raise MsrError("There is no data set. Prepare one with `python -m train.prepare`.")
        return self.open_dataset(datasets[0].name)

    def open(self, dataset: str, user_id: str) -> Screen:
        """Open a user.

        Raises:
            DataError: for an unknown data set or user, or a history that is too short.
        """
        recording = self._recordings.get((dataset, user_id))
        if recording:
            return _screen(recording)
        return Screen(_unread(self._store.history(dataset, user_id)))

    def open_dataset(self, dataset: str) -> Screen:
        """Open a data set at its first persona, or at any user where it has none.

        Raises:
            DataError: for an unknown data set, or one without users.
        """
        for persona in self.personas:
            if persona.dataset == dataset:
                return self.open(dataset, persona.user_id)
        return self.open_random(dataset)

    def open_random(self, dataset: str) -> Screen:
        """Open any user of a data set.

        Raises:
            DataError: for an unknown data set, or one without users.
        """
        user = self._store.random_user(self._store.dataset(dataset).name)
        if user is None:
            raise DataError(f"The data set {dataset!r} has no user with two interactions.")
        return self.open(dataset, user.user_id)

    def history(self, run: Run) -> History:
        """Find the history that a run is about, as the store has it now."""
        return self._store.history(run.dataset, run.user_id)

    def called(self, run: Run) -> str:
        """What the user of a run is called on screen."""
        whose = (run.dataset, run.user_id)
        names = (p.name for p in self.personas if (p.dataset, p.user_id) == whose)
        return next(names, f"User {run.user_id}")

    def stranger(self, run: Run) -> str:
        """The last preference of another recorded user of the data set; empty without one."""
        recorded = [p for p in self.personas if (p.dataset, p.user_id) in self._recordings]
        other = next_persona(recorded, run.dataset, run.user_id)
        if other is None:
            return ""
        return self._recordings[other.dataset, other.user_id].run.preferences[-1].written.text

    def picker(self, screen: Screen, query: str | None = None) -> PickerState:
        """Offer what can be picked beside the user on screen.

        Args:
            screen: what is shown.
            query: start of a user id to search for; None when nothing is searched.
        """
        dataset = screen.run.dataset
        asked = query is not None
        found = self._store.search_users(dataset, query or "", MOST_FOUND + 1) if asked else ()
        return PickerState(
            datasets=self._datasets(),
            dataset=dataset,
            people=tuple(self._person(p) for p in self.personas if p.dataset == dataset),
            chosen=screen.run.user_id,
            query=query,
            found=tuple((user.user_id, _read(user.length)) for user in found[:MOST_FOUND]),
            more=len(found) > MOST_FOUND,
            notes=(*self._notes, *self.no_models),
        )

    def dataset_names(self) -> tuple[str, ...]:
        """Name what the picker offers now; a data set may be prepared while the page is up."""
        return tuple(dataset.name for dataset in self._datasets())

    def _datasets(self) -> tuple[Dataset, ...]:
        """The data sets with personas first, then the others by name.

        Those that were there last, if the database has gone: recorded runs go on without it.
        """
        try:
            self._prepared = self._store.datasets()
        except StoreError:
            if not self._prepared:
                raise
        order = list(dict.fromkeys(persona.dataset for persona in self.personas))
        return tuple(
            sorted(
                self._prepared,
                key=lambda d: (order.index(d.name) if d.name in order else len(order), d.name),
            )
        )

    def _person(self, persona: Persona) -> Person:
        recording = self._recordings.get((persona.dataset, persona.user_id))
        if recording is None:
            return Person(persona.user_id, persona.name, persona.line)
        run = recording.run
        return Person(
            user_id=persona.user_id,
            name=persona.name,
            line=persona.line,
            items=len(run.history),
            rank=next_rank(run, len(run.scores)),
            candidates=len(run.candidates),
        )


def _screen(recording: Recording) -> Screen:
    return Screen(recording.run, recording, block=len(recording.run.preferences))


def _read(length: int) -> int:
    """How many items of so many interactions are read: without the next one, 30 at most."""
    return len(readable(range(length))) - 1


def _unread(history: History) -> Run:
    return Run(
        dataset=history.dataset.name,
        layout=history.dataset.layout,
        user_id=history.user_id,
        profile="",
        variant="recurrent",
        history=history.items,
        next_item_id=history.next_item.item_id,
        candidates=(),
    )
