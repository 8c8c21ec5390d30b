"""What is learnt from prepared data sets, by the real command on tiny random checkpoints."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from scipy import sparse
from sqlalchemy import update

pytest.importorskip("skia", reason="train.finetune can draw worlds (extra: train)")
pytest.importorskip("matplotlib", reason="losses are drawn with matplotlib (extra: train)")

import core.weights
from core.language_model import Decoding
from core.local_models import release_models
from core.models import load_models
from core.settings import Settings
from core.store import Store
from core.store.tables import ItemRow
from tests.clips import NAME, import_clips
from tests.tiny_profile import tiny_profile
from train import finetune
from train.baselines.interactions import Interactions
from train.baselines.neighbours import together
from train.preference_examples import target_preferences
from train.real import Kept, RealLife, kept, real_choices, real_lives
from train.splits import cold_items, content_of, population, split_users

CONFIG = """
[run]
seed = 1
profile = "embedded"
order = "preference-first"
dataset = "microlens-50k"
[user-summarizer]
users = 6
batch = 2
steps = 20
rounds = [1.0]
learning_rate = 1e-2
rank = 8
alpha = 16
dropout = 0.0
[recommender]
batch = 2
candidates = 4
steps = 6
phases = [{ share = 0.5, preferences = "target" }, { share = 0.5, preferences = "own", users = 4 }]
loss = "answer"
learning_rate = 1e-2
rank = 8
alpha = 16
dropout = 0.0
"""


def test_what_goes_with_the_newest_items_is_named_on() -> None:
    names = [f"Film {n}" for n in range(8)]
    alike = sparse.lil_matrix((8, 8))
    for earlier, newest in ((0, 5), (2, 3), (4, 7)):
        alike[earlier, newest] = alike[newest, earlier] = 1.0
    first, second, third = kept(names, range(8), alike.tocsr(), 3)
    assert first == Kept((), tuple(names[:3]))
    assert second == Kept(tuple(names[:3]), tuple(names[3:6]))
    assert "Film 4" in third.earlier  # goes with 7
    assert len(third.earlier) == 4
    assert third.newest == ("Film 6", "Film 7")
    assert second.told(Random(1)) == (
        " Film 0, Film 1 and Film 2. Lately also Film 3, Film 4 and Film 5."
    )
    assert first.told(Random(1)) == " Film 0, Film 1 and Film 2."


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    given = tiny_profile(tmp_path, monkeypatch)
    monkeypatch.setattr(finetune, "embedded_checkpoint", core.weights.embedded_checkpoint)
    monkeypatch.setattr(finetune, "Settings", SimpleNamespace(from_environment=lambda: given))
    monkeypatch.setattr("core.item_summary.DECODING", Decoding(max_new_tokens=4))
    monkeypatch.setattr("train.pipeline.DECODING", Decoding(max_new_tokens=4))
    import_clips(Store(given.database_url), tmp_path / "clips")
    release_models()
    yield given
    release_models()


def test_the_summariser_learns_from_behaviour_and_the_recommender_reads_what_it_writes(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, out = tmp_path / "real.toml", tmp_path / "out"
    config.write_text(CONFIG)
    assert finetune.main(["--config", str(config), "--out", str(out)]) == 0, capsys.readouterr().err
    run = json.loads((out / "user-summarizer" / "run.json").read_text())
    assert run["loss"]["last_ten"] < run["loss"]["first_ten"]
    assert run["config"]["dataset"] == NAME
    store = Store(settings.database_url)
    assert run["config"]["population"] == population(store.user_ids(NAME), store.item_ids(NAME))
    with store.session() as session:  # as if it had been prepared anew, with a cover less
        session.execute(update(ItemRow).where(ItemRow.item_id == "1").values(cover=None))
    assert content_of(store, NAME) != run["config"]["content"]
    assert finetune.main(["--config", str(config), "--out", str(out)]) == 1
    assert "user-summarizer holds a run with content = " in capsys.readouterr().err
    assert (out / "recommender" / "adapter" / "scorer_card.json").exists()
    shipped = load_models(settings, store)
    own = load_models(
        settings,
        store,
        user_summarizer=out / "user-summarizer" / "adapter",
        recommender=out / "recommender" / "adapter",
    )
    assert own.item_summarizer.checkpoint == shipped.item_summarizer.checkpoint
    assert own.user_summarizer.checkpoint.sha != shipped.user_summarizer.checkpoint.sha
    assert own.recommender.checkpoint.sha != shipped.recommender.checkpoint.sha


def test_a_summariser_that_is_used_as_published_is_not_taught(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "real.toml"
    config.write_text(CONFIG.replace('profile = "embedded"', 'profile = "paper"'))
    assert finetune.main(["--config", str(config), "--out", str(tmp_path / "out")]) == 1
    assert "writes preferences with meta-llama/Meta-Llama-3-8B-Instruct as published" in (
        capsys.readouterr().err
    )


def test_a_phase_of_unknown_preferences_is_named(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "real.toml"
    config.write_text(CONFIG.replace('"target"', '"planted"'))
    given = ["--config", str(config), "--out", str(tmp_path / "out"), "--max-steps", "2"]
    assert finetune.main(given) == 1
    assert "preferences = 'planted'; choose of target, own" in capsys.readouterr().err


def lives_of(settings: Settings, **config: object) -> list[RealLife]:
    store = Store(settings.database_url)
    models = load_models(settings, store)
    return real_lives({"dataset": NAME} | config, store, models.item_summarizer)


def test_what_goes_together_is_counted_in_histories_of_training_users(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, counted = Store(settings.database_url), []

    def watched(rows: list[list[int]], items: int) -> sparse.csr_matrix:
        counted.append(rows)
        return together(rows, items)

    monkeypatch.setattr("train.real.together", watched)
    lives_of(settings, users=3)
    known = Interactions.of(store, NAME)
    train = split_users(store.user_ids(NAME, shortest=3)).train
    assert counted == [known.numbered([known.sequences[user] for user in train])]


def test_choices_are_what_training_users_took_themselves(settings: Settings) -> None:
    store = Store(settings.database_url)
    split = split_users(store.user_ids(NAME, shortest=3))
    assert not set(split.train) & set(split.test)
    lives = lives_of(settings, users=3)
    written = [target_preferences(life, Random(1)) for life in lives]
    choices = real_choices(lives, written, store, seed=1)
    assert len(choices) == 3 * 2  # two blocks of four read items
    for number, user in enumerate(split.train[:3]):
        touched = store.touched(NAME, user)
        first, last = choices[2 * number : 2 * number + 2]
        assert [item.item_id for item in first.taken] == list(touched[3:4])
        assert [item.item_id for item in last.taken] == [touched[4]]
        for choice in (first, last):
            assert not {item.item_id for item in choice.left} & set(touched)
            assert len(choice.left) == 3


def test_where_cold_items_are_withheld_nothing_holds_one(settings: Settings) -> None:
    store = Store(settings.database_url)
    cold = cold_items(NAME, store.item_ids(NAME))
    users = split_users(store.user_ids(NAME, shortest=3)).train
    assert any(cold & set(store.touched(NAME, user)) for user in users)
    lives = lives_of(settings, cold=True)
    written = [target_preferences(life, Random(1)) for life in lives]
    unmet = {f"Clip {item_id}" for item_id in cold}
    for life, texts in zip(lives, written, strict=True):
        assert not {item.item_id for item in life.items} & cold
        names = {name for text in texts for name in re.findall(r"Clip \d+", text)}
        assert names
        assert not names & unmet
    choices = real_choices(lives, written, store, seed=1)
    assert choices
    for choice in choices:
        assert choice.taken
        assert not {item.item_id for item in (*choice.taken, *choice.left)} & cold
