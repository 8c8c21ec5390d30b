from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from core import checkpoints, local_models, models, weights
from core.errors import MsrError, WeightsError
from core.profiles import find_profile
from core.prompts import IMAGE_FIRST, Prompt
from core.settings import Settings
from core.store import Store
from tests.fakes import FakeModel
from tests.tiny_checkpoints import write_tiny_adapter
from tests.tiny_profile import tiny_card, tiny_profile


@pytest.fixture(autouse=True)
def nothing_is_loaded() -> Iterator[None]:
    local_models.release_models()
    yield
    local_models.release_models()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    return tiny_profile(tmp_path, monkeypatch)


def test_embedded_profile_sees_writes_fast_and_scores_exactly(
    settings: Settings, store: Store
) -> None:
    notes: list[str] = []
    loaded = models.load_models(settings, store, notes.append)
    assert notes == ["Loading LLaVA-NeXT-SmolLM2-135M, SmolLM2-135M-Instruct"]
    assert loaded.recommender.checkpoint.name == "LLaVA-NeXT-SmolLM2-135M + recommender"
    assert loaded.recommender.checkpoint.sha.endswith("-float32")
    assert loaded.profile == "embedded"
    assert loaded.order == "preference-first"
    assert loaded.recommender.sees_images
    assert loaded.item_summarizer.sees_images
    assert not loaded.user_summarizer.sees_images


def test_models_without_adapters_answer_otherwise(settings: Settings, store: Store) -> None:
    prompt = Prompt("score", "v", after="Again?")
    tuned = models.load_models(settings, store)
    base = models.load_models(settings, store, adapters=False)
    assert base.recommender.checkpoint.name == "LLaVA-NeXT-SmolLM2-135M"
    assert base.item_summarizer.checkpoint == tuned.item_summarizer.checkpoint
    assert base.recommender.margins([prompt]) != tuned.recommender.margins([prompt])


def test_recommender_made_for_another_question_is_refused(settings: Settings, store: Store) -> None:
    tiny_card(prompt_version="recommend-0").write(settings.assets / "embedded" / "recommender")
    with pytest.raises(WeightsError, match="fine-tuned with prompt_version 'recommend-0'"):
        models.load_models(settings, store)


def test_recommender_that_was_trained_on_other_weights_is_refused(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    folder = settings.assets / "embedded" / "recommender"
    tiny_card(base_weights="0" * 64).write(folder)
    with pytest.raises(WeightsError, match="fine-tuned with base_weights '0000"):
        models.load_models(settings, store)
    eyes = weights.vision_checkpoint(tmp_path, tmp_path, print)
    known = checkpoints.fingerprint(eyes, weights_only=True)
    (eyes / "config.json").write_text((eyes / "config.json").read_text() + "\n")
    tiny_card(base_weights=known).write(folder)
    assert models.load_models(settings, store).recommender


def test_recommender_to_evaluate_is_held_to_its_card_if_it_has_one(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    stage = tmp_path / "stage"
    write_tiny_adapter(weights.vision_checkpoint(tmp_path, tmp_path, print), stage)
    assert models.load_models(settings, store, recommender=stage)
    tiny_card(order="image-first").write(stage)
    with pytest.raises(WeightsError, match="fine-tuned with order 'image-first'"):
        models.load_models(settings, store, recommender=stage)


def test_own_adapter_takes_the_place_of_the_shipped_one(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    own = tmp_path / "mine"
    write_tiny_adapter(weights.vision_checkpoint(tmp_path, tmp_path, print), own, seed=5)
    tiny_card().write(own)
    prompt = Prompt("score", "v", after="Again?")
    shipped = models.load_models(settings, store)
    mine = models.load_models(replace(settings, adapter=str(own)), store)
    assert mine.recommender.checkpoint.name == "LLaVA-NeXT-SmolLM2-135M + mine"
    assert mine.recommender.margins([prompt]) != shipped.recommender.margins([prompt])
    base = models.load_models(replace(settings, adapter=str(own)), store, adapters=False)
    assert base.recommender.checkpoint.name == "LLaVA-NeXT-SmolLM2-135M"


def test_own_adapter_writes_in_the_place_of_the_shipped_one(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    own = tmp_path / "mine"
    write_tiny_adapter(weights.embedded_checkpoint(tmp_path, print), own, seed=5)
    given = replace(settings, user_adapter=str(own))
    assert not given.as_shipped
    mine, shipped = models.load_models(given, store), models.load_models(settings, store)
    assert mine.user_summarizer.checkpoint.name == "SmolLM2-135M-Instruct + mine"
    assert mine.user_summarizer.checkpoint.sha != shipped.user_summarizer.checkpoint.sha
    assert mine.recommender.checkpoint == shipped.recommender.checkpoint
    base = models.load_models(given, store, adapters=False)
    assert base.user_summarizer.checkpoint.name == "SmolLM2-135M-Instruct"
    with pytest.raises(WeightsError, match="nobody/nothing is no folder here"):
        models.load_models(replace(settings, user_adapter="nobody/nothing"), store)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"base": "llava-hf/other"}, "fine-tuned with base 'llava-hf/other'"),
        ({"order": "image-first"}, "fine-tuned with order 'image-first'"),
        (None, r"has no scorer_card\.json"),
    ],
)
def test_adapter_for_something_else_is_refused(
    settings: Settings, store: Store, tmp_path: Path, change: dict[str, str] | None, said: str
) -> None:
    own = tmp_path / "mine"
    write_tiny_adapter(weights.vision_checkpoint(tmp_path, tmp_path, print), own)
    if change is not None:
        tiny_card(**change).write(own)
    with pytest.raises(WeightsError, match=said):
        models.load_models(replace(settings, adapter=str(own)), store)


def test_pickled_and_absent_adapters_are_refused_in_one_line(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    own = tmp_path / "mine"
    own.mkdir()
    (own / "adapter_model.bin").write_bytes(b"cos\nsystem\n(S'true'\ntR.")
    with pytest.raises(WeightsError, match="pickles are refused"):
        models.load_models(replace(settings, adapter=str(own)), store)
    for name in ("nobody/nothing", "not a name at all"):
        with pytest.raises(WeightsError, match=f"adapter {name} is no folder here") as error:
            models.load_models(replace(settings, adapter=name), store)
        assert "\n" not in str(error.value)


def test_gpu_that_is_too_small_is_given_four_bits_and_says_so(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes: list[str] = []
    monkeypatch.setattr("core.checkpoints.must_quantize", lambda gigabytes: gigabytes > 1)
    loaded = models.load_models(settings, store, notes.append)
    assert "in 4 bit: 1.8 GB of 16-bit weights do not fit" in notes[-1]
    assert "4bit-" in loaded.recommender.checkpoint.sha
    loaded = models.load_models(replace(settings, quantize=False), store)
    assert "4bit-" not in loaded.recommender.checkpoint.sha


def test_memory_decides_about_four_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    cuda = checkpoints.torch.cuda
    assert not checkpoints.must_quantize(10**6)  # without a GPU the machine's memory is paged
    monkeypatch.setattr(cuda, "is_available", lambda: True)
    monkeypatch.setattr(cuda, "get_device_properties", lambda _: SimpleNamespace(total_memory=24e9))
    assert checkpoints.must_quantize(31)
    assert not checkpoints.must_quantize(20)


def test_base_model_of_two_sets_is_held_once(settings: Settings, store: Store) -> None:
    tuned = models.load_models(settings, store)
    base = models.load_models(settings, store, adapters=False)
    assert base.item_summarizer.model is tuned.item_summarizer.model  # type: ignore[attr-defined]
    local_models.release_models()
    again = models.load_models(settings, store)
    assert again.item_summarizer.model is not tuned.item_summarizer.model  # type: ignore[attr-defined]


def test_paper_profile_holds_its_weights_once_with_and_without_an_adapter(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("core.checkpoints.has_gpu", lambda: True)
    paper = find_profile("paper")
    eyes = weights.vision_checkpoint(tmp_path, tmp_path, print)
    text = weights.embedded_checkpoint(tmp_path, print)
    here = {paper.recommender.checkpoint: eyes, paper.user_summarizer.checkpoint: text}
    monkeypatch.setattr(local_models, "checkpoint_source", lambda name, *_: here[name])
    own = write_tiny_adapter(eyes, tmp_path / "mine")
    tiny_card(
        base=paper.recommender.checkpoint, order=paper.order, prompt_version=IMAGE_FIRST
    ).write(own)
    given = replace(settings, adapter=str(own))
    tuned = models.load_models(given, store, profile_name="paper")
    base = models.load_models(given, store, profile_name="paper", adapters=False)
    held = [m.recommender.model._model for m in (tuned, base)]  # type: ignore[attr-defined]
    assert held[0] is held[1] is tuned.item_summarizer.model._model  # type: ignore[attr-defined]
    prompt = Prompt("score", "v", after="Again?")
    assert base.recommender.margins([prompt]) != tuned.recommender.margins([prompt])
    assert paper.gigabytes == 31  # LLaVA and Llama, whatever is fine-tuned


def test_hub_models_are_asked_for_by_commit(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.checkpoints.has_gpu", lambda: True)
    asked: list[tuple[object, object]] = []

    def load(source: object, **options: object) -> FakeModel:
        asked.append((source, options["revision"]))
        return FakeModel()

    monkeypatch.setattr("core.transformers_model.TransformersModel.load", load)
    models.load_models(settings, store, profile_name="paper")
    assert len(asked) == 2  # one LLaVA for two roles
    assert all("/" in str(source) and len(str(commit)) == 40 for source, commit in asked)


def test_nothing_is_fetched_for_a_cpu_that_would_choke_on_it(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.checkpoints.has_gpu", lambda: False)
    monkeypatch.setattr("core.transformers_model.TransformersModel.load", None)  # not called
    with pytest.raises(WeightsError, match="31 GB of weights and this machine no GPU"):
        models.load_models(settings, store, profile_name="paper")
    assert find_profile("paper").needs_gpu
    assert not find_profile("embedded").needs_gpu


def test_a_gpu_that_torch_cannot_use_is_said(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.checkpoints.has_gpu", lambda: False)
    monkeypatch.setattr(local_models, "driver_is_here", lambda: True)
    monkeypatch.setattr("torch.version.cuda", "13.0")
    notes: list[str] = []
    models.load_models(settings, store, notes.append)
    assert "brings CUDA 13.0, which wants a newer driver. Models run on the CPU" in notes[1]
    monkeypatch.setattr("torch.version.cuda", None)
    with pytest.raises(
        WeightsError, match=r"31 GB of weights\. torch .* is built for CPUs\. No model"
    ):
        models.load_models(settings, store, profile_name="paper")


def test_recommender_without_its_card_is_refused(settings: Settings, store: Store) -> None:
    (settings.assets / "embedded" / "recommender" / "scorer_card.json").unlink()
    with pytest.raises(WeightsError, match=r"has no scorer_card\.json"):
        models.load_models(settings, store)


def test_loaded_models_remember_in_the_store(settings: Settings, store: Store) -> None:
    prompt = Prompt("score", "v", after="Again?")
    first = models.load_models(settings, store).recommender.margins([prompt])
    again = models.load_models(settings, store).recommender.margins([prompt])
    assert again == first  # to the millisecond: it was not computed again


def test_unknown_profile_is_refused_before_anything_is_loaded(
    settings: Settings, store: Store
) -> None:
    with pytest.raises(MsrError, match="no profile 'huge'"):
        models.load_models(settings, store, profile_name="huge")
