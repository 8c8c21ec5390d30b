"""How fast a live run, a what-if and an explanation are, on one user of the sample."""

from collections.abc import Mapping, Sequence
from functools import partial

import torch
from scipy.stats import kendalltau

from core import prompts
from core.checkpoints import best_dtype
from core.covers import Cover
from core.explanation import leave_one_out, sentence_game, sentences_of
from core.language_model import Decoding, Margin
from core.local_models import checkpoint_source
from core.masked_scorer import Masked, MaskedScorer
from core.mllm_msr import candidate_covers, recommend
from core.models import load_models
from core.packing import pack
from core.profiles import Role, find_profile
from core.prompts import Prompt
from core.records import Item, Run
from core.settings import Settings
from core.store import Store
from core.transformers_model import TransformersModel
from train.bench.timing import Row, timed

SENTENCES = 8  # of the preference whose sentences are left out one by one


def bench_run(
    settings: Settings, store: Store, user: str, rounds: int
) -> tuple[list[Row], dict[str, float], float]:
    """Time a block's first token, the scoring of a user's candidates, a what-if and an explanation.

    Returns:
        Rows, ours before its rivals; how far shared scoring agrees with one by one; and the
        seconds that only the matrix products of the scored tokens would take.
    """
    history = store.history("videos", user)
    dataset, candidates = history.dataset, store.candidates(history)
    models = load_models(settings, store)
    *_, last = recommend(history, candidates, models, score_every_block=False)
    run: Run = last.run
    profile = find_profile(settings.profile)
    writer = _unremembered(profile.user_summarizer, settings, best_dtype())
    scorer = _unremembered(profile.recommender, settings, best_dtype(exact=profile.exact_scores))
    covers = candidate_covers(dataset, candidates)
    text = run.preferences[-1].written.text
    asked = [
        prompts.recommend(text, item, covers.get(item.item_id), dataset.noun, models.order)
        for item in candidates
    ]
    update = prompts.preference([s.fused.text for s in run.summaries[-3:]], dataset.noun, text)
    first = timed("first token of a block", rounds, lambda: _first_token(writer, update))
    scoring, agreement = _scoring(scorer, asked, rounds)
    masked = MaskedScorer(scorer, dataset.noun, models.order)
    changed = _measuring(run, candidates, covers, masked, rounds)
    return [first, *scoring, *changed], agreement, _floor(scorer, asked)


def _unremembered(role: Role, settings: Settings, dtype: torch.dtype) -> TransformersModel:
    """A role's model as the demo has it, without the memory that would answer the second round."""
    return TransformersModel.load(
        checkpoint_source(role.checkpoint, settings, lambda _: None),
        name=role.name,
        adapter=settings.assets / "embedded" / role.adapter if role.adapter else None,
        dtype=dtype,
        picture_bytes=0,
    )


def _first_token(model: TransformersModel, prompt: Prompt) -> None:
    stream = model.generate(prompt, Decoding(max_new_tokens=96))
    next(stream)
    stream.close()


def _scoring(
    model: TransformersModel, asked: list[Prompt], rounds: int
) -> tuple[list[Row], dict[str, float]]:
    """Score the same candidates with a shared prefix, in one plain batch, and one by one."""
    shared: tuple[Margin, ...] = ()

    def share() -> None:
        nonlocal shared
        shared = model.margins(asked)

    name = f"{len(asked)} candidates"
    ours = timed(f"{name}, shared prefix (ours)", rounds, share)
    single: list[Margin] = []

    def one_by_one() -> None:
        single[:] = [model.margins([prompt])[0] for prompt in asked]

    rivals = [timed(f"{name}, one forward each", rounds, one_by_one, ours)]

    @torch.inference_mode()
    def batch() -> None:
        model._model.model(**model._encode(asked))

    rivals.append(timed(f"{name}, one batch without sharing", rounds, batch, ours))

    def answer() -> None:
        for prompt in asked:
            for _ in model.generate(prompt, Decoding(max_new_tokens=2)):
                pass

    rivals.append(timed(f"{name}, generate(2) each", max(1, rounds // 2), answer, ours))
    ranks = [[m.margin for m in answers] for answers in (shared, single)]
    return [ours, *rivals], {
        "kendall_tau": round(float(kendalltau(*ranks).statistic), 4),
        "top1": float(ranks[0].index(max(ranks[0])) == ranks[1].index(max(ranks[1]))),
    }


def _measuring(
    run: Run,
    candidates: Sequence[Item],
    covers: Mapping[str, Cover],
    scorer: MaskedScorer,
    rounds: int,
) -> list[Row]:
    """What-if: all candidates under an edited text. Why: each sentence left out of one score."""
    edited = run.preferences[0].written.text
    variants = [Masked(edited, item, covers.get(item.item_id)) for item in candidates]
    # No preference of the sample has as many sentences: those of its blocks, one after the other.
    said = [s for p in run.preferences for s in sentences_of(p.written.text)]
    text = " ".join((said * SENTENCES)[:SENTENCES])
    best = candidates[0]
    game = partial(sentence_game, text, best, covers.get(best.item_id), scorer)
    return [
        timed(f"what-if: {len(variants)} candidates", rounds, lambda: scorer.margins(variants)),
        timed(
            f"why: {SENTENCES} sentences left out in turn", rounds, lambda: leave_one_out(game())
        ),
    ]


def _floor(model: TransformersModel, asked: list[Prompt]) -> float:
    """Seconds that only the matrix products of the unshared tokens would take at full speed."""
    tokens = len(pack(model._encode(asked), model._encoder.image_id).parent)
    layers: int = sum(
        p.numel() for name, p in model._model.named_parameters() if "layers" in name and p.ndim == 2
    )
    size, dtype = 1024, model._model.dtype
    a, b = torch.randn(size, size).to(dtype), torch.randn(size, size).to(dtype)
    row = timed("gemm", 5, lambda: [a @ b for _ in range(20)])
    flops_per_second: float = 20 * 2 * size**3 / row.median_s
    return float(2 * layers * tokens / flops_per_second)
