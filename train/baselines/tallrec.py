"""TALLRec (Bao et al., 2023, https://arxiv.org/abs/2305.00447).

Taken: a language model with LoRA is asked yes or no about a candidate, from the titles of a history
alone, and fine-tuned on such questions. Simplified: our histories hold no ratings, so that the half
of the question which lists what a user disliked is left out; one round of fine-tuning on users of
the data set, without the instruction tuning on other tasks before it; the language model, the loss
and the packing are those of MLLM-MSR's recommender, so that the two differ in what they are asked.
"""

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from random import Random

import torch
from filelock import FileLock
from transformers import AutoModelForCausalLM, AutoTokenizer

from core import encoding, packing, prompts
from core.checkpoints import fingerprint, made_fast
from core.encoding import PromptEncoder
from core.memory import RememberingModel
from core.profiles import TEXT_CHECKPOINT
from core.records import Item
from core.store import Store
from core.transformers_model import TransformersModel
from core.weights import embedded_checkpoint
from train.cases import Bench
from train.learners import ScoreExample, ScoreLearner
from train.loop import Schedule, fit, learning_dtype
from train.lora import ADAPTER, add_lora, save_adapter
from train.progress import progress

# As many candidates as one training of MLLM-MSR's recommender; it begins without an adapter that
# can already read, and a faster rate throws it about.
SCHEDULE = Schedule(steps=1152, learning_rate=1e-3, seed=1)
USERS = 2  # a step
EACH = 3  # items taken, and as many left, of each user
RANK, ALPHA = 8, 16
MOST = 30  # titles of a history
LOOP = [
    *(Path(__file__).parents[1] / name for name in ("learners.py", "loop.py", "lora.py")),
    *(Path(str(module.__file__)) for module in (encoding, packing, prompts)),
]

Margins = list[tuple[float, ...]]


def tallrec(bench: Bench) -> Margins:
    """Fine-tune on the training users of a fold, once, and score its test users; remembered."""
    text = embedded_checkpoint(bench.settings.home)
    folder = bench.settings.home / "fits" / f"tallrec-{_key(bench, text)}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):  # another command may ask for the same
        if not (folder / ADAPTER).is_dir():
            _train(bench, text, folder)
    loaded = TransformersModel.load(
        text, name="TALLRec", adapter=folder / ADAPTER, dtype=torch.float32
    )
    model = RememberingModel(loaded, Store(bench.settings.database_url))
    noun = bench.dataset.noun
    return [
        tuple(
            margin.margin
            for margin in model.margins(
                [prompts.titles_only(case.history.items, item, noun) for item in case.candidates]
            )
        )
        for case in progress(bench.cases, desc=f"tallrec on {bench.dataset.name}", unit="user")
    ]


class TitleBatches:
    """Seeded batches: a training user's history up to some place, and what came next or did not."""

    def __init__(self, bench: Bench, seed: int) -> None:
        """Take a fold's training users with enough items that may be learnt from."""
        known = bench.learnable.sequences
        self._bench, self._seed = bench, seed
        self._known = [known[user] for user in bench.split.train if len(known[user]) > 2]
        self._offered = [item for item in bench.interactions.item_ids if item not in bench.cold]

    def __call__(self, index: int) -> list[ScoreExample]:
        """The micro-batch of this index."""
        rng = Random(f"{self._seed}/{index}")
        return [self._example(rng.choice(self._known), rng) for _ in range(USERS)]

    def _example(self, touched: Sequence[str], rng: Random) -> ScoreExample:
        place = rng.randrange(2, len(touched))
        taken = [*touched[place : place + EACH]]
        free = (item for item in rng.sample(self._offered, min(60, len(self._offered))))
        left = [item for item in free if item not in touched][: len(taken)]
        asked = [(item, True) for item in taken] + [(item, False) for item in left]
        rng.shuffle(asked)
        history = [self._item(item) for item in touched[max(0, place - MOST) : place]]
        noun = self._bench.dataset.noun
        return ScoreExample(
            tuple(prompts.titles_only(history, self._item(item), noun) for item, _ in asked),
            tuple(label for _, label in asked),
        )

    def _item(self, item_id: str) -> Item:
        return self._bench.items[item_id]


def _train(bench: Bench, text: Path, folder: Path) -> None:
    torch.manual_seed(SCHEDULE.seed)
    model = AutoModelForCausalLM.from_pretrained(text, dtype=learning_dtype()).requires_grad_(False)
    tuned = add_lora(made_fast(model), RANK, ALPHA, 0.0)
    encoder = PromptEncoder(AutoTokenizer.from_pretrained(text), "TALLRec")
    learner = ScoreLearner(tuned, encoder, "answer")
    fit(
        learner,
        TitleBatches(bench, SCHEDULE.seed),
        SCHEDULE,
        folder,
        examples=lambda batch: sum(len(user.labels) for user in batch),
        name="tallrec",
    )
    save_adapter(tuned, folder / ADAPTER, TEXT_CHECKPOINT)


def _key(bench: Bench, text: Path) -> str:
    """Of what learns, what it is asked, how and how long it learns, and from whom."""
    items = list(bench.items.values())
    titles = [item.title for item in items]
    known = [bench.learnable.sequences[user] for user in bench.split.train]
    asked = prompts.titles_only(items[:2], items[0], bench.dataset.noun).shown
    code = [file.read_text("utf-8") for file in (Path(__file__), *LOOP)]
    made_with = [version(name) for name in ("peft", "torch", "transformers")]
    learns = [fingerprint(text, weights_only=True), str(learning_dtype()), made_with, code]
    parts = [learns, str(SCHEDULE), asked, titles, known]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
