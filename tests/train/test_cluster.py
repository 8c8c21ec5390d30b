"""The summaries of a data set on a local Ray cluster: the same rows as without one."""

import pickle
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from PIL import Image

from core.covers import Cover
from core.errors import MsrError, StoreError
from core.language_model import Decoding, Generation
from core.memory import Memory, RememberingModel
from core.mllm_msr import Models
from core.prompts import Prompt
from core.settings import Settings
from core.store import Store
from tests.train.test_summarize import USERS, Writer, models, rows, store_at
from train.summarize import summarize

pytest.importorskip("ray", reason="the engine comes with the extra cluster")
cluster = import_module("train.cluster")


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PART", 5)


def load(_: Settings, memory: Memory) -> Models:
    """What a worker loads here."""
    return models(Writer(), memory)


def load_nothing(_: Settings, memory: Memory) -> Models:
    """A worker whose models are not to be had."""
    raise MsrError("The weights are not there.")


def settings_for(url: str, tmp_path: Path) -> Settings:
    given = Settings.from_environment({"TASTELINE_HOME": str(tmp_path)})
    return replace(given, database_url=url)


def test_cluster_writes_the_same_rows_as_one_process(
    new_database: Callable[[], str], tmp_path: Path
) -> None:
    alone = store_at(new_database())
    expected = summarize("clips", alone, models(Writer(), alone))
    url = new_database()
    store = store_at(url)
    done = cluster.summarize_on_ray("clips", store, settings_for(url, tmp_path), load=load)
    assert replace(done, seconds=0) == replace(expected, seconds=0)
    assert rows(store) == rows(alone)


def test_broken_job_goes_on_and_writes_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = store_at("sqlite://")
    whole = Writer()
    summarize("clips", alone, models(whole, alone))
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store, kept = store_at(url), []
    keep = Store.keep_text

    def keep_some(self: Store, *answer: object) -> None:
        if len(kept) == 20:
            kept.append("lost")
            raise StoreError("The server went away.")
        kept.append(str(answer[0]))
        keep(self, *answer)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "keep_text", keep_some)
    with pytest.raises(StoreError, match="went away"):
        cluster.summarize_on_ray("clips", store, settings_for(url, tmp_path), load=load)
    done = cluster.summarize_on_ray("clips", store, settings_for(url, tmp_path), load=load)
    assert done.users == len(USERS)
    assert rows(store) == rows(alone)
    written = [key for key in kept if key != "lost"]
    assert len(written) == len(set(written)) == whole.written


def test_data_set_without_users_needs_no_worker(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    done = cluster.summarize_on_ray(
        "clips", store_at(url), settings_for(url, tmp_path), 0, load=load_nothing
    )
    assert (done.items, done.users, done.preferences) == (0, 0, 0)


def test_pictures_stay_with_the_worker() -> None:
    memory = cluster.Collected(store_at("sqlite://"))
    cover = Cover(Image.effect_noise((900, 600), 80).convert("RGB"), "of the file")
    prompt = Prompt("image_description", "v", cover=cover, after="What is on it?")
    memory.keep_text("k", prompt, Writer.checkpoint, Decoding(5), Generation("A", 1, 1.0))
    (kept,) = memory.taken()
    assert kept[1].shown == prompt.shown
    assert kept[1].cover.sha256 == "of the file"
    assert len(pickle.dumps(kept)) < 2000


def test_worker_without_models_is_one_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with pytest.raises(MsrError, match=r"The weights are not there.*the same command goes on") as e:
        cluster.summarize_on_ray(
            "clips", store_at(url), settings_for(url, tmp_path), load=load_nothing
        )
    assert "\n" not in str(e.value)


def test_what_a_worker_wrote_is_known_to_it_before_it_is_stored() -> None:
    store = store_at("sqlite://")
    memory, writer = cluster.Collected(store), Writer()
    made = models(writer, memory)
    once = summarize("clips", store, made)
    assert summarize("clips", store, made).preferences == once.preferences
    assert len(memory.taken()) == writer.written
    assert memory.taken() == []
    assert isinstance(made.user_summarizer, RememberingModel)
    assert rows(store) == []
