"""The language-model stages: item summariser, user summariser and recommender."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from math import ceil
from pathlib import Path
from random import Random
from typing import Any

import torch
from accelerate import PartialState
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

from core.checkpoints import made_fast
from core.covers import cover_of
from core.encoding import PromptEncoder
from core.errors import MsrError
from core.language_model import LanguageModel
from core.llava_assembly import llava_processor, model_with_parts
from core.profiles import TEXT_CHECKPOINT, VISION_CHECKPOINT
from core.records import Dataset
from core.store import Store
from core.waves import in_waves
from train.examples import PlantedItem, SummaryBatches
from train.learners import ScoreLearner, TextLearner
from train.loop import Schedule, fit, learning_dtype
from train.lora import ADAPTER, add_lora, save_adapter
from train.pipeline import counted, reading_of, summarize_items
from train.preference_examples import Life, PlantedLife, PreferenceBatches, live
from train.runs import fingerprint
from train.score_examples import Choice, Phase, ScoreBatches, planted_choice
from train.worlds import World, build_worlds, place_world, refuse_shipped

Config = dict[str, Any]
Trained = tuple[list[float], str]
"""Losses of every step, and the fingerprint of what was learnt from."""
Placed = list[tuple[World, Dataset]]


VALIDATION = 20  # users of every world that no stage learns from; `train.ship` scores them


def place_worlds(config: Config, store: Store) -> Placed:
    """Draw the worlds that a stage learns from, once, and bring them into the store."""
    placed = []
    for seed in config["worlds"]:
        for world in build_worlds(seed, config["users"] + VALIDATION, config.get("items")):
            refuse_shipped(world.items)
            name = place_world(world, Path(config["cache"]), store)
            learnt = replace(world, users=world.users[:-VALIDATION])
            placed.append((learnt, store.dataset(name)))
    return placed


def train_item_summarizer(
    config: Config, schedule: Schedule, folder: Path, store: Store, text: Path, parts: Path
) -> Trained:
    """Teach the model to read titles and covers; leaves the adapter."""
    torch.manual_seed(schedule.seed)
    model = model_with_eyes(text, parts)
    tuned = add_lora(model, config["rank"], config["alpha"], config["dropout"])
    items = []
    for world, dataset in place_worlds(config, store):
        planted = {item.item_id: item for item in world.items}
        stored = store.items(dataset.name, list(planted))
        items += [PlantedItem(dataset, item, planted[item.item_id]) for item in stored]
    learner = TextLearner(tuned, PromptEncoder(llava_processor(text), "item summariser"))
    losses: list[float] = []
    learnt = []
    for number, phase in enumerate(config["phases"], 1):
        plan = replace(
            schedule, steps=round(schedule.steps * phase["share"]), seed=schedule.seed + number
        )
        batches = SummaryBatches(
            items, config["batch"], plan.seed, weights=phase["weights"], short=phase["short"]
        )
        name = f"item summariser, phase {number}"
        losses += fit(learner, batches, plan, folder / f"phase-{number}", name=name)
        learnt.append(batches)
    save_adapter(tuned, folder / ADAPTER, VISION_CHECKPOINT)
    return losses, fingerprint(*learnt)


def training_lives(
    config: Config, store: Store, seed: int, item_summarizer: LanguageModel | None
) -> tuple[list[PlantedLife], dict[str, World]]:
    """The lives of the worlds' users, their items summarised by the model that will do it live.

    Without a model there are no summaries: for stages that do not read them.
    """
    lives, worlds = [], {}
    for world, dataset in place_worlds(config, store):
        worlds[dataset.name] = world
        histories = {
            user.user_id: store.history(dataset.name, user.user_id) for user in world.users
        }
        items = [item for history in histories.values() for item in history.items]
        summaries = summarize_items(items, dataset, item_summarizer) if item_summarizer else {}
        lives += [
            live(dataset, user, histories[user.user_id].items, summaries, seed)
            for user in world.users
        ]
    return lives, worlds


def write_preferences(lives: Sequence[Life], user_summarizer: LanguageModel) -> list[list[str]]:
    """What the model writes after every block of these lives, on its own texts alone."""
    jobs = [reading_of(life.items, life.summaries, life.dataset.noun, life.size) for life in lives]
    most = sum(len(life.targets) for life in lives)
    found = counted(in_waves(jobs, user_summarizer), "preferences of training users", most)
    return [[preference.written.text for preference in written] for written in found]


def train_user_summarizer(
    config: Config,
    schedule: Schedule,
    folder: Path,
    text: Path,
    lives: Sequence[Life],
    load: Callable[[Path], LanguageModel],
    start: Path | None = None,
) -> Trained:
    """Teach the model to rewrite a preference, in rounds; leaves the adapter.

    The first round has what should have been written for its past. Before every further round the
    model writes its own, and learns to go on from those: it will never get others.

    Args:
        config: of the stage.
        schedule: its steps are shared by the rounds.
        folder: run folder; a round's own is inside.
        text: the converted language model.
        lives: of training users.
        load: loads the model with an adapter, for writing.
        start: an adapter that can already rewrite, or None.
    """
    torch.manual_seed(schedule.seed)
    model = AutoModelForCausalLM.from_pretrained(text, dtype=learning_dtype()).requires_grad_(False)
    tuned = with_lora(config, made_fast(model), start)
    learner = TextLearner(
        tuned, PromptEncoder(AutoTokenizer.from_pretrained(text), "user summariser")
    )
    own: list[list[str]] = [[] for _ in lives]
    losses: list[float] = []
    learnt = []
    for number, share in enumerate(config["rounds"]):
        round_folder = folder / f"round-{number + 1}"
        if number:
            own = write_preferences(lives, load(folder / f"round-{number}" / ADAPTER))
        plan = replace(schedule, steps=round(schedule.steps * share), seed=schedule.seed + number)
        batches = PreferenceBatches(lives, own, config["batch"], plan.seed)
        name = f"user summariser, round {number + 1}"
        losses += fit(learner, batches, plan, round_folder, name=name)
        learnt.append(batches)
        save_adapter(tuned, round_folder / ADAPTER, TEXT_CHECKPOINT)
    save_adapter(tuned, folder / ADAPTER, TEXT_CHECKPOINT)
    return losses, fingerprint(*learnt)


def planted_choices(
    lives: Sequence[PlantedLife],
    worlds: dict[str, World],
    written: Sequence[Sequence[str]],
    store: Store,
    seed: int,
    *,
    hard: float,
) -> list[Choice]:
    """What training users would take after every block, by the preference written after it."""
    rng = Random(f"{seed}/choices")
    pairs = {}
    for name, world in worlds.items():
        planted = {item.item_id: item for item in world.items}
        pairs[name] = [(i, planted[i.item_id]) for i in store.items(name, list(planted))]
    choices = (
        planted_choice(life, block, text, pairs[life.dataset.name], rng, hard=hard)
        for life, texts in zip(lives, written, strict=True)
        for block, text in enumerate(texts, 1)
    )
    return [choice for choice in choices if choice.taken]


def train_recommender(
    config: Config,
    schedule: Schedule,
    folder: Path,
    model: Any,
    processor: Any,
    phases: Sequence[Phase],
    start: Path | None,
    base: str,
) -> Trained:
    """Teach the model to say yes or no; leaves the adapter.

    The model is without it again, for another training; it goes on attending as in training.

    Args:
        config: of the stage.
        schedule: of the loop; its steps are shared by the phases.
        folder: run folder; a phase's own is inside.
        model: the recommender's checkpoint, frozen; may be in 4 bits.
        processor: of the same.
        phases: in their order.
        start: an adapter that can already read covers, or None.
        base: the checkpoint's name.
    """
    if config.get("gradient_checkpointing"):
        model.activation_checkpointing_enable({"use_reentrant": False})
        model.enable_input_require_grads()
    torch.manual_seed(schedule.seed)
    tuned = with_lora(config, model, start)
    learner = ScoreLearner(tuned, PromptEncoder(processor, "recommender"), config["loss"])
    if not schedule.steps:
        users = config["epochs"] * sum(len(phase.choices) for phase in phases)
        at_once = config["batch"] * schedule.accumulation * PartialState().num_processes
        steps = ceil(users / at_once)
        schedule = replace(schedule, steps=min(steps, config.get("max_steps", steps)))
    losses: list[float] = []
    learnt = []
    opened = lru_cache(maxsize=512)(cover_of)  # decoded, of up to 5 MB
    for number, phase in enumerate(phases, 1):
        plan = replace(
            schedule, steps=round(schedule.steps * phase.share), seed=schedule.seed + number
        )
        batches = ScoreBatches(
            phase,
            opened,
            order=config["order"],
            users=config["batch"],
            candidates=config["candidates"],
            seed=plan.seed,
        )
        losses += fit(
            learner,
            batches,
            plan,
            folder / f"phase-{number}",
            examples=lambda batch: sum(len(user.labels) for user in batch),
            name=f"recommender, phase {number}",
        )
        learnt.append(batches)
    save_adapter(tuned, folder / ADAPTER, base)
    tuned.unload()
    return losses, fingerprint(*learnt)


def with_lora(config: Config, model: Any, start: Path | None) -> Any:
    """A frozen model with an adapter to be trained: a new one, or one that is gone on from.

    Raises:
        MsrError: if that one is not of the size that the run will say it is.
    """
    if start is None:
        return add_lora(model, config["rank"], config["alpha"], config["dropout"])
    tuned = PeftModel.from_pretrained(model, start, is_trainable=True)
    lora = tuned.peft_config["default"]
    for key, found in (
        ("rank", lora.r),
        ("alpha", lora.lora_alpha),
        ("dropout", lora.lora_dropout),
    ):
        if config[key] != found:
            raise MsrError(
                f"The config has {key} = {config[key]}, and the adapter that it goes on from "
                f"{found}."
            )
    return tuned


def model_with_eyes(text: Path, parts: Path) -> Any:
    """The embedded vision-language model with these parts, frozen."""
    model = model_with_parts(text, parts).requires_grad_(False).to(learning_dtype())
    return made_fast(model)
