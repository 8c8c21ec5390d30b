"""What the language-model stages minimise: answers word by word, and yes or no for candidates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.encoding import PromptEncoder, shared_length
from core.prompts import Prompt

Loss = Literal["answer", "full", "listwise"]

IGNORED = -100


@dataclass(frozen=True, slots=True)
class TextExample:
    """A prompt and the answer that is to be learnt; `ends` says whether it is whole."""

    prompt: Prompt
    answer: str
    ends: bool = True


@dataclass(frozen=True, slots=True)
class ScoreExample:
    """One user's candidates: a prompt for each, and whether the user took it next."""

    prompts: tuple[Prompt, ...]
    labels: tuple[bool, ...]


class TextLearner(nn.Module):
    """Next-token loss on answers; the prompt is given, never learnt."""

    def __init__(self, model: Any, encoder: PromptEncoder) -> None:
        """Take a PEFT model and the encoder of its checkpoint."""
        super().__init__()
        self.model, self._encoder = model, encoder

    def forward(self, batch: Sequence[TextExample]) -> Tensor:
        """Mean cross-entropy over the answers' tokens, the end of the turn included."""
        inputs, labels = answered(self._encoder, batch)
        inputs, labels = to_device(inputs, self.model), labels.to(self.model.device)
        hidden = body_of(self.model)(**inputs, use_cache=False).last_hidden_state[:, :-1]
        learnt = labels[:, 1:] != IGNORED
        logits = head_of(self.model)(hidden[learnt])
        return functional.cross_entropy(logits.float(), labels[:, 1:][learnt])


def answered(
    encoder: PromptEncoder, examples: Sequence[TextExample]
) -> tuple[dict[str, Tensor], Tensor]:
    """Encode prompts with their answers behind them.

    Returns:
        Inputs as `PromptEncoder.encode` gives them, padded on the right, and labels, int64,
        ``(rows, length)``, -100 outside the answers.
    """
    inputs = encoder.encode([example.prompt for example in examples])
    tokenizer = encoder.tokenizer
    answers = [
        [
            *tokenizer(e.answer, add_special_tokens=False).input_ids,
            *([tokenizer.eos_token_id] if e.ends else []),
        ]
        for e in examples
    ]
    lengths = inputs["attention_mask"].sum(1).tolist()
    width = max(n + len(a) for n, a in zip(lengths, answers, strict=True))
    ids = torch.full((len(examples), width), tokenizer.pad_token_id)
    labels, mask = torch.full_like(ids, IGNORED), torch.zeros_like(ids)
    for row, (length, answer) in enumerate(zip(lengths, answers, strict=True)):
        end = length + len(answer)
        ids[row, :length] = inputs["input_ids"][row, :length]
        ids[row, length:end] = labels[row, length:end] = torch.tensor(answer)
        mask[row, :end] = 1
    return inputs | {"input_ids": ids, "attention_mask": mask}, labels


class ScoreLearner(nn.Module):
    """Yes/no losses over candidates; those of one user are packed behind their shared prefix."""

    def __init__(self, model: Any, encoder: PromptEncoder, loss: Loss, *, packed: bool = True):
        """Take a PEFT model, its encoder and the loss.

        Args:
            model: the recommender.
            encoder: of its checkpoint.
            loss: ``answer``: cross-entropy of the label token; ``full``: of every token of prompt
                and answer (the paper's equation 2); ``listwise``: softmax over one user's margins.
            packed: one sequence a user; else one a candidate, which is the same and slower.
        """
        super().__init__()
        self.model, self._encoder, self._loss, self._packed = model, encoder, loss, packed

    def forward(self, batch: Sequence[ScoreExample]) -> Tensor:
        """Mean loss over users, each the mean over its candidates."""
        return torch.stack([self._of_user(user) for user in batch]).mean()

    def _of_user(self, user: ScoreExample) -> Tensor:
        encoded = self._encoder.encode(user.prompts)
        yes, no = self._encoder.label_ids
        truth = torch.tensor([yes if label else no for label in user.labels])
        packs = [pack(encoded, shared_length(encoded, self._encoder.image_id))]
        if not self._packed:
            rows = [{k: v[n : n + 1] for k, v in encoded.items()} for n in range(len(truth))]
            packs = [pack(_trimmed(row), 0) for row in rows]
        device = self.model.device
        labels: list[Tensor] = []
        prompt_losses = torch.zeros((), device=device)
        for packed in packs:
            hidden = body_of(self.model)(
                **to_device(packed.inputs, self.model), use_cache=False
            ).last_hidden_state[0]
            labels.append(hidden[packed.last.to(device)])
            if self._loss == "full":
                logits = head_of(self.model)(hidden[packed.before.to(device)]).float()
                lost = functional.cross_entropy(logits, packed.after.to(device), reduction="none")
                prompt_losses = prompt_losses + (lost * packed.weights.to(device)).sum()
        states = torch.cat(labels)
        if self._loss == "listwise":
            weight = head_of(self.model).weight
            margins = states.float() @ (weight[yes].float() - weight[no].float())
            chosen = torch.tensor(user.labels, device=device)
            missed: Tensor = margins.logsumexp(0) - margins[chosen].logsumexp(0)
            return missed
        logits = head_of(self.model)(states).float()
        if self._loss == "answer":
            return functional.cross_entropy(logits, truth.to(device))
        answers = functional.cross_entropy(logits, truth.to(device), reduction="sum")
        return (prompt_losses + answers) / int(encoded["attention_mask"].sum())


@dataclass(frozen=True, slots=True)
class Pack:
    """Several prompts as one sequence.

    Attributes:
        inputs: for the model's body; the mask is boolean, ``(1, 1, length, length)``.
        last: position of each prompt's last token, int64, ``(prompts,)``.
        before: positions that predict a token of a prompt, int64, ``(predictions,)``.
        after: the ids they predict.
        weights: how many prompts each of these tokens belongs to, float32.
    """

    inputs: dict[str, Tensor]
    last: Tensor
    before: Tensor
    after: Tensor
    weights: Tensor


def pack(encoded: dict[str, Tensor], shared: int) -> Pack:
    """Lay prompts behind the prefix they share, each blind to the others (ours).

    Args:
        encoded: right-padded prompts, as `PromptEncoder.encode` gives them.
        shared: how many leading ids they share, before any picture.
    """
    ids, lengths = encoded["input_ids"], encoded["attention_mask"].sum(1).tolist()
    rows = range(len(lengths))
    suffixes = [ids[row, shared : lengths[row]] for row in rows]
    whole = torch.cat([ids[0, :shared], *suffixes])
    owner = torch.cat(
        [
            torch.zeros(shared),
            *(torch.full_like(s, row + 1) for row, s in zip(rows, suffixes, strict=True)),
        ]
    )
    places = torch.cat(
        [torch.arange(shared), *(torch.arange(shared, shared + len(s)) for s in suffixes)]
    )
    seen = (owner[None] == 0) | (owner[None] == owner[:, None])
    seen &= torch.ones(len(whole), len(whole), dtype=torch.bool).tril()
    ends = torch.tensor([len(s) for s in suffixes]).cumsum(0) + shared
    last = ends - 1
    before, after, weights = _predictions(whole, owner, shared, len(suffixes), ends)
    inputs = {
        "input_ids": whole[None],
        "position_ids": places[None],
        "attention_mask": seen[None, None],
    }
    pictures = {k: encoded[k] for k in ("pixel_values", "image_sizes") if k in encoded}
    return Pack(inputs | pictures, last, before, after, weights)


def _predictions(
    whole: Tensor, owner: Tensor, shared: int, prompts: int, ends: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Which position predicts which prompt token, and how often the token counts."""
    before, after = torch.arange(len(whole) - 1), torch.arange(1, len(whole))
    inside = owner[before] == owner[after]
    before, after = before[inside], after[inside]
    if shared:  # the prefix's last token predicts the first token of every suffix
        before = torch.cat([before, torch.full((prompts,), shared - 1)])
        after = torch.cat([after, torch.tensor([shared]), ends[:-1]])
    weights = torch.where(owner[after] == 0, float(prompts), 1.0)
    return before, whole[after], weights


def _trimmed(row: dict[str, Tensor]) -> dict[str, Tensor]:
    length = int(row["attention_mask"].sum())
    cut = {k: row[k][:, :length] for k in ("input_ids", "attention_mask")}
    return row | cut


def body_of(model: Any) -> Any:
    """The model without its head, its adapter included."""
    return model.get_base_model().model


def head_of(model: Any) -> Any:
    """The language-model head."""
    return model.get_base_model().lm_head


def to_device(inputs: dict[str, Tensor], model: Any) -> dict[str, Tensor]:
    """Inputs on the model's device, pictures in its precision."""
    moved = {key: value.to(model.device) for key, value in inputs.items()}
    if "pixel_values" in moved:
        moved["pixel_values"] = moved["pixel_values"].to(model.get_base_model().dtype)
    mask = moved["attention_mask"]
    if mask.dtype == torch.bool:  # every kind of attention understands one that is added
        dtype = model.get_base_model().dtype
        unseen = torch.finfo(dtype).min
        moved["attention_mask"] = torch.zeros_like(mask, dtype=dtype).masked_fill(~mask, unseen)
    return moved
