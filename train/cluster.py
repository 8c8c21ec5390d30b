"""The same summaries on a Ray cluster: workers read and write texts, the driver alone stores them.

Ray Data hands parts of the catalogue to as many workers as there are GPUs (or CPUs), each with its
own copy of the models; items come first, then users, whose preferences need them. Every worker
reads the database, so that it asks no model for what is stored already, and the driver writes what
comes back part by part: a killed job loses the parts that were being worked on.
"""

import pickle
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import ray
import ray.util.client
from PIL import Image

from core.covers import Cover
from core.errors import MsrError
from core.language_model import Checkpoint, Generation, Margin
from core.memory import KeptText
from core.mllm_msr import Models
from core.models import load_models
from core.prompts import Prompt
from core.settings import Settings
from core.store import Store
from train.pipeline import summarize_items
from train.summarize import Summarized, items_of, write_preferences

CLUSTER_ERRORS = (ray.exceptions.RayError, RuntimeError)  # the other one: of other versions
PART = 64  # users, or items, a worker takes at once
Stage = Literal["items", "users"]
Load = Callable[..., Models]


class Collected:
    """A memory that reads a store and keeps what is new for somebody else to store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._new: dict[str, KeptText] = {}

    def find_texts(self, keys: Sequence[str]) -> dict[str, Generation]:
        """As `core.memory.Memory.find_texts`."""
        new = {key: self._new[key].generation for key in keys if key in self._new}
        return new | self._store.find_texts([key for key in keys if key not in new])

    def keep_texts(self, answers: Mapping[str, KeptText]) -> None:
        """As `core.memory.Memory.keep_texts`."""
        self._new |= {key: _without_pixels(answer) for key, answer in answers.items()}

    def find_margins(self, keys: Sequence[str]) -> dict[str, Margin]:
        """As `core.memory.Memory.find_margins`."""
        return self._store.find_margins(keys)

    def keep_margins(
        self, checkpoint: Checkpoint, prompts: dict[str, Prompt], margins: dict[str, Margin]
    ) -> None:
        """Nothing is scored here."""

    def taken(self) -> dict[str, KeptText]:
        """What is new, once."""
        new, self._new = self._new, {}
        return new


def _without_pixels(answer: KeptText) -> KeptText:
    """The pixels of a cover stay with the worker; what is stored names the picture alone."""
    if answer.prompt.cover is None:
        return answer
    cover = Cover(Image.new("RGB", (1, 1)), answer.prompt.cover.sha256)
    return replace(answer, prompt=replace(answer.prompt, cover=cover))


class Worker:
    """Models on one GPU or CPU; called with one part after the other."""

    def __init__(self, settings: Settings, dataset: str, stage: Stage, load: Load) -> None:
        """Open the database and load the models."""
        self._store = Store(settings.database_url)
        self._memory = Collected(self._store)
        self._models = load(settings, self._memory)
        self._dataset, self._stage = self._store.dataset(dataset), stage

    def __call__(self, part: Mapping[str, Any]) -> dict[str, Any]:
        """Write the texts of a part.

        Returns:
            One row: the new texts, pickled; and how many preferences the part has.
        """
        ids = [str(one) for one in part["id"]]
        count = 0
        if self._stage == "items":
            items = self._store.items(self._dataset.name, ids)
            summarize_items(items, self._dataset, self._models.item_summarizer)
        else:
            count = write_preferences(ids, self._dataset, self._store, self._models)
        return {"kept": [pickle.dumps(self._memory.taken())], "preferences": np.array([count])}


def summarize_on_ray(
    dataset: str,
    store: Store,
    settings: Settings,
    most: int | None = None,
    *,
    load: Load = load_models,
) -> Summarized:
    """As `train.summarize.summarize`, on the cluster that ``RAY_ADDRESS`` names, or a local one.

    Args:
        dataset: name of a prepared data set.
        store: the same database that the settings name; workers open it themselves.
        settings: for the workers.
        most: users, the first so many by id; all of them when None.
        load: makes the models of a worker, given settings and memory.

    Raises:
        MsrError: one clear line, if there is no such cluster or a worker fails.
    """
    began = time.perf_counter()
    users = store.user_ids(dataset, shortest=2)[:most]
    items = items_of(dataset, users, store)
    try:
        ray.init(ignore_reinit_error=True, log_to_driver=False)
        given = (dataset, settings, items, users, load)
        if ray.util.client.ray.is_connected():  # ray://, through which Ray Data cannot be driven
            preferences = ray.get(ray.remote(num_cpus=0)(both_stages).remote(*given))
        else:
            preferences = both_stages(*given, store)
    except (*CLUSTER_ERRORS, ConnectionError, ImportError, ValueError) as error:
        raise MsrError(
            f"The cluster stopped: {_why(error)}. What was written is kept; the same command "
            "goes on."
        ) from error
    finally:
        ray.shutdown()
    return Summarized(len(items), len(users), preferences, round(time.perf_counter() - began, 1))


def _why(error: BaseException) -> str:
    """What went wrong, in one line: of a worker's traceback the end, of other errors all."""
    said = str(getattr(error, "cause", None) or error).strip()
    if isinstance(error, ray.exceptions.RayError):
        said = said.splitlines()[-1] if said else said
    return " ".join(said.split()).rstrip(".") or "no reason"


def both_stages(
    dataset: str,
    settings: Settings,
    items: Sequence[str],
    users: Sequence[str],
    load: Load,
    store: Store | None = None,
) -> int:
    """Drive a cluster from inside it; counts the preferences.

    Args:
        dataset: name of a prepared data set.
        settings: for the workers.
        items: ids, each once.
        users: ids.
        load: as of `summarize_on_ray`.
        store: to write to; the settings' own when None.
    """
    store = store or Store(settings.database_url)
    list(_written(dataset, store, settings, "items", items, load))
    return sum(_written(dataset, store, settings, "users", users, load))


def _written(
    dataset: str, store: Store, settings: Settings, stage: Stage, ids: Sequence[str], load: Load
) -> Iterator[int]:
    """Have one stage's texts written and store them; the number of preferences, part by part."""
    if not ids:
        return
    gpus, cpus = (int(ray.cluster_resources().get(kind, 0)) for kind in ("GPU", "CPU"))
    parts = ray.data.from_items([{"id": one} for one in ids]).map_batches(
        Worker,
        fn_constructor_args=(settings, dataset, stage, load),
        batch_size=PART,
        compute=ray.data.ActorPoolStrategy(size=min(gpus or cpus, -(-len(ids) // PART))),
        num_gpus=1 if gpus else None,
        num_cpus=None if gpus else 1,
    )
    for row in parts.iter_rows():
        store.keep_texts(pickle.loads(row["kept"]))  # from our own workers
        yield int(row["preferences"])
