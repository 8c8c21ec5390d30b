"""The summaries of a data set on a local Ray cluster: the same rows as without one.

Every job is driven by a process of its own, as a user's is: Ray ends a driver whose cluster is lost
(which would end the whole test run), and is not made for several clusters one after the other in
one process.
"""

import pickle
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

import pytest
from PIL import Image

from core.covers import Cover
from core.errors import MsrError, StoreError
from core.language_model import Decoding, Generation
from core.memory import KeptText, Memory, RememberingModel
from core.mllm_msr import Models
from core.prompts import Prompt
from core.settings import Settings
from core.store import Store
from tests.train.test_summarize import USERS, Writer, models, rows, store_at
from train.summarize import Summarized, summarize

pytest.importorskip("ray", reason="the engine comes with the extra cluster")
cluster = import_module("train.cluster")

Load = Callable[[Settings, Memory], Models]
Driven = tuple[Summarized, list[str]]


def load(_: Settings, memory: Memory) -> Models:
    """What a worker loads here."""
    return models(Writer(), memory)


def load_nothing(_: Settings, memory: Memory) -> Models:
    """A worker whose models are not to be had."""
    raise MsrError("The weights are not there.")


def settings_for(url: str, tmp_path: Path) -> Settings:
    given = Settings.from_environment({"TASTELINE_HOME": str(tmp_path)})
    return replace(given, database_url=url)


def drive(url: str, home: Path, load: Load, most: int | None, lost_at: int) -> Driven:
    """A job in parts of five whose store is lost after so many texts; what it stored."""
    cluster.PART, kept, keep = 5, [], Store.keep_texts

    def keep_some(self: Store, answers: Mapping[str, KeptText]) -> None:
        if len(kept) == lost_at:
            raise StoreError("The server went away.")
        kept.extend(answers)
        keep(self, answers)

    Store.keep_texts = keep_some  # type: ignore[method-assign]
    settings = settings_for(url, home)
    return cluster.summarize_on_ray("clips", Store(url), settings, most, load=load), kept


def on_ray(
    url: str, home: Path, load: Load = load, most: int | None = None, lost_at: int = -1
) -> Driven:
    """`drive`, in a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(drive, url, home, load, most, lost_at).result()


def test_cluster_writes_the_same_rows_as_one_process(
    new_database: Callable[[], str], tmp_path: Path
) -> None:
    alone = store_at(new_database())
    expected = summarize("clips", alone, models(Writer(), alone))
    url = new_database()
    store = store_at(url)
    done, _ = on_ray(url, tmp_path)
    assert replace(done, seconds=0) == replace(expected, seconds=0)
    assert rows(store) == rows(alone)


def test_broken_job_goes_on_and_writes_nothing_twice(tmp_path: Path) -> None:
    alone = store_at("sqlite://")
    whole = Writer()
    summarize("clips", alone, models(whole, alone))
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = store_at(url)
    with pytest.raises(StoreError, match="went away"):
        on_ray(url, tmp_path, lost_at=15)
    stored = {key for key, _ in rows(store)}
    done, kept = on_ray(url, tmp_path)
    assert done.users == len(USERS)
    assert rows(store) == rows(alone)
    assert len(stored) == 15
    assert len(kept) == len(set(kept) - stored) == whole.written - 15


def test_data_set_without_users_needs_no_worker(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store_at(url)
    done, _ = on_ray(url, tmp_path, load_nothing, most=0)
    assert (done.items, done.users, done.preferences) == (0, 0, 0)


def test_pictures_stay_with_the_worker() -> None:
    memory = cluster.Collected(store_at("sqlite://"))
    cover = Cover(Image.effect_noise((900, 600), 80).convert("RGB"), "of the file")
    prompt = Prompt("image_description", "v", cover=cover, after="What is on it?")
    answer = KeptText(prompt, Writer.checkpoint, Decoding(5), Generation("A", 1, 1.0))
    memory.keep_texts({"k": answer})
    kept = memory.taken()
    assert kept["k"].prompt.shown == prompt.shown
    assert kept["k"].prompt.cover.sha256 == "of the file"
    assert len(pickle.dumps(kept)) < 2000


def test_worker_without_models_is_one_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store_at(url)
    with pytest.raises(MsrError, match=r"The weights are not there.*the same command goes on") as e:
        on_ray(url, tmp_path, load_nothing)
    assert "\n" not in str(e.value)


def test_cluster_of_another_version_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(**_: object) -> None:
        said = "Version mismatch: The cluster was started with:\n    Ray: 2.1\n    Python: 3.9\n"
        raise RuntimeError(said)  # in the shape of Ray's own words

    monkeypatch.setattr(cluster.ray, "init", connect)
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = store_at(url)
    with pytest.raises(MsrError, match=r"Version mismatch: .* Ray: 2\.1 Python: 3\.9\. What") as e:
        cluster.summarize_on_ray("clips", store, settings_for(url, tmp_path), None)
    assert "\n" not in str(e.value)


def test_what_a_worker_wrote_is_known_to_it_before_it_is_stored() -> None:
    store = store_at("sqlite://")
    memory, writer = cluster.Collected(store), Writer()
    made = models(writer, memory)
    once = summarize("clips", store, made)
    assert summarize("clips", store, made).preferences == once.preferences
    assert len(memory.taken()) == writer.written
    assert memory.taken() == {}
    assert isinstance(made.user_summarizer, RememberingModel)
    assert rows(store) == []
