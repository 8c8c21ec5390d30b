"""What the language-model stages minimise: answers word by word, and yes or no for candidates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import torch
from peft.tuners.tuners_utils import BaseTunerLayer
from torch import Tensor, nn
from torch.nn import functional

from core.encoding import PromptEncoder
from core.packing import Pack, attend_by_branch, pack
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
    """Next-token loss on answers, packed behind what they share; the prompt is never learnt."""

    def __init__(self, model: Any, encoder: PromptEncoder) -> None:
        """Take a PEFT model and the encoder of its checkpoint."""
        super().__init__()
        attend_by_branch(model)
        adapt_without_casts(model)
        self.model, self._encoder = model, encoder

    def forward(self, batch: Sequence[TextExample]) -> Tensor:
        """Mean cross-entropy over the answers' tokens, the end of the turn included."""
        inputs, labels = answered(self._encoder, batch)
        inputs, labels = to_device(inputs, self.model), labels.to(self.model.device)
        packed = pack(inputs, self._encoder.image_id)
        hidden = last_states(self.model, packed.inputs)[0]
        rows = zip(labels, packed.paths, strict=True)
        told = torch.cat([row[1 : len(path)] for row, path in rows])
        before = torch.cat([path[:-1] for path in packed.paths])
        learnt = told != IGNORED
        logits = head_of(self.model)(hidden[before[learnt]])
        return functional.cross_entropy(logits.float(), told[learnt])


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
    """Yes/no losses over candidates, packed behind what they share."""

    def __init__(self, model: Any, encoder: PromptEncoder, loss: Loss, *, packed: bool = True):
        """Take a PEFT model, its encoder and the loss.

        Args:
            model: the recommender.
            encoder: of its checkpoint.
            loss: ``answer``: cross-entropy of the label token; ``full``: of every token of text in
                prompt and answer, given the picture (the paper's equation 2); ``listwise``: softmax
                over one user's margins.
            packed: one sequence a batch; else one a candidate, which is the same and slower.
        """
        super().__init__()
        attend_by_branch(model)
        adapt_without_casts(model)
        self.model, self._encoder, self._loss, self._packed = model, encoder, loss, packed
        self._image_id = -1 if encoder.image_id is None else encoder.image_id

    def forward(self, batch: Sequence[ScoreExample]) -> Tensor:
        """Mean loss over users, each the mean over its candidates."""
        asked = [prompt for user in batch for prompt in user.prompts]
        encoded = to_device(self._encoder.encode(asked), self.model)
        counts = [len(user.prompts) for user in batch]
        labels = [label for user in batch for label in user.labels]
        taken = torch.tensor(labels, device=self.model.device)
        shares = self._shares(encoded, counts)
        states, prompts_lost = self._read(encoded, shares)
        yes, no = self._encoder.label_ids
        if self._loss == "listwise":
            weight = head_of(self.model).weight
            margins = states.float() @ (weight[yes].float() - weight[no].float())
            users = zip(torch.split(margins, counts), torch.split(taken, counts), strict=True)
            return torch.stack(
                [every.logsumexp(0) - every[chosen].logsumexp(0) for every, chosen in users]
            ).mean()
        logits = head_of(self.model)(states).float()
        lost = functional.cross_entropy(logits, torch.where(taken, yes, no), reduction="none")
        if self._loss == "answer":
            return torch.stack([user.mean() for user in torch.split(lost, counts)]).mean()
        return (prompts_lost + (lost * shares).sum()) / len(batch)

    def _shares(self, encoded: dict[str, Tensor], counts: Sequence[int]) -> Tensor:
        """What each word of a prompt counts: one of all the words of its user's, ``(prompts,)``."""
        text = encoded["attention_mask"].bool() & (encoded["input_ids"] != self._image_id)
        users = torch.split(text, list(counts))
        return torch.cat([1 / words.sum().expand(len(words)) for words in users])

    def _read(self, encoded: dict[str, Tensor], shares: Tensor) -> tuple[Tensor, Tensor]:
        """The prompts' last states, ``(prompts, size)``, and the loss of their own words."""
        prompts = range(len(shares))
        rows = [slice(None)] if self._packed else [slice(n, n + 1) for n in prompts]
        states: list[Tensor] = []
        prompts_lost = torch.zeros((), device=shares.device)
        for part in rows:
            packed = pack({k: v[part] for k, v in encoded.items()}, self._encoder.image_id)
            hidden = last_states(self.model, packed.inputs)[0]
            states.append(hidden[packed.last])
            if self._loss == "full":
                prompts_lost = prompts_lost + self._of_prompts(packed, hidden, shares[part])
        return torch.cat(states), prompts_lost

    def _of_prompts(self, packed: Pack, hidden: Tensor, shares: Tensor) -> Tensor:
        """Sum over the prompts' own words, by the share of each prompt that goes through them.

        What stands for a picture is given: it is most of a prompt, and there is nothing to learn
        in saying it again.
        """
        ids = packed.inputs["input_ids"][0]
        weights = torch.zeros(len(ids), device=ids.device)
        for path, share in zip(packed.paths, shares, strict=True):
            weights[path] += share
        told = (packed.parent >= 0).to(ids.device) & (ids != self._image_id)
        after = told.nonzero()[:, 0].cpu()
        ids, weights = ids[after.to(ids.device)], weights[after.to(ids.device)]
        logits = head_of(self.model)(hidden[packed.parent[after]]).float()
        total: Tensor = (functional.cross_entropy(logits, ids, reduction="none") * weights).sum()
        return total


def adapt_without_casts(model: Any) -> None:
    """Let an adapter's layers take what they are given in its precision; see `last_states`."""
    for layer in model.modules():
        if isinstance(layer, BaseTunerLayer):
            layer.cast_input_dtype_enabled = False


def last_states(model: Any, inputs: dict[str, Any]) -> Tensor:
    """What a PEFT model's body says of its inputs, ``(rows, length, size)``.

    An adapter's weights are float32, so that small steps add up; its products are taken in the
    precision of the frozen weights. In float32 each of them would need a copy of its input.
    """
    precision = model.get_base_model().dtype
    with torch.autocast(model.device.type, precision, enabled=precision != torch.float32):
        states: Tensor = body_of(model)(**inputs, use_cache=False).last_hidden_state
    return states


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
    return moved
