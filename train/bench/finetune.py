"""Fine-tuning the recommender: candidates packed behind their shared prefix against one by one."""

import time
from random import Random
from typing import Any

import torch
from scipy.stats import kendalltau

from core import prompts
from core.candidates import SEED
from core.covers import cover_of
from core.datasets.sources import ensure_sample
from core.encoding import PromptEncoder
from core.llava_assembly import llava_processor
from core.packing import pack
from core.settings import Settings
from core.store import Store
from core.weights import embedded_checkpoint
from train.language import model_with_eyes
from train.learners import ScoreExample, ScoreLearner
from train.lora import add_lora

CANDIDATES = 4
PREFERENCE = (
    "The user appears to have a preference for content related to topics such as street food and "
    "space travel. They like covers in neon light, in electric colours against near-black. Now and "
    "then also chess."
)


def bench_finetune(rounds: int) -> tuple[list[tuple[str, list[float]]], dict[str, Any]]:
    """Time forward and backward passes for one user with four candidates, both ways in turn.

    Returns:
        Names and seconds of every round, ours first; and lengths, arithmetic limit and agreement.
    """
    settings = Settings.from_environment()
    store = Store(settings.database_url)
    ensure_sample(store, settings.assets)
    text = embedded_checkpoint(settings.home)
    model = model_with_eyes(text, settings.assets / "embedded" / "parts.safetensors")
    torch.manual_seed(SEED)
    tuned = add_lora(model, 8, 16, 0.0)
    encoder = PromptEncoder(llava_processor(text), "recommender")
    users = [_example(store, Random(f"{SEED}/{n}")) for n in range(rounds + 1)]
    packed = ScoreLearner(tuned, encoder, "answer")
    plain = ScoreLearner(tuned, encoder, "answer", packed=False)
    seconds: dict[str, list[float]] = {"packed": [], "one by one": []}
    losses: dict[str, list[float]] = {"packed": [], "one by one": []}
    for number, user in enumerate(users):
        for name, learner in (("packed", packed), ("one by one", plain)):
            spent, loss = _timed(learner, user)
            tuned.zero_grad()
            losses[name].append(loss)
            if number:  # the first one warms up
                seconds[name].append(spent)
    tree = pack(encoder.encode(users[0].prompts), encoder.image_id)
    tokens, nodes = sum(map(len, tree.paths)), len(tree.parent)
    rows = [(f"{CANDIDATES} candidates {name}", taken) for name, taken in seconds.items()]
    return rows, {
        "tokens": tokens,
        "packed_tokens": nodes,
        "arithmetic_limit": round(tokens / nodes, 2),
        "examples_per_s": {
            name: round(CANDIDATES * len(taken) / sum(taken), 2) for name, taken in seconds.items()
        },
        "agreement": {
            "kendall_tau": round(float(kendalltau(*losses.values()).statistic), 4),
            "top1": float(
                losses["packed"].index(min(losses["packed"]))
                == losses["one by one"].index(min(losses["one by one"]))
            ),
        },
    }


def _example(store: Store, rng: Random) -> ScoreExample:
    dataset = store.dataset("videos")
    items = store.items("videos", rng.sample(store.item_ids("videos"), CANDIDATES))
    asked = tuple(
        prompts.recommend(
            PREFERENCE, item, cover_of(dataset, item), dataset.noun, "preference-first"
        )
        for item in items
    )
    return ScoreExample(asked, (True, False) * (CANDIDATES // 2))


def _timed(learner: ScoreLearner, user: ScoreExample) -> tuple[float, float]:
    started = time.perf_counter()
    loss = learner([user])
    loss.backward()
    return time.perf_counter() - started, float(loss.detach())
