"""What the language-model stages minimise: answers word by word, and yes or no for candidates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import torch
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
            loss: ``answer``: cross-entropy of the label token; ``full``: of every token of text in
                prompt and answer, given the picture (the paper's equation 2); ``listwise``: softmax
                over one user's margins.
            packed: one sequence a user; else one a candidate, which is the same and slower.
        """
        super().__init__()
        attend_by_branch(model)
        self.model, self._encoder, self._loss, self._packed = model, encoder, loss, packed
        self._image_id = -1 if encoder.image_id is None else encoder.image_id

    def forward(self, batch: Sequence[ScoreExample]) -> Tensor:
        """Mean loss over users, each the mean over its candidates."""
        return torch.stack([self._of_user(user) for user in batch]).mean()

    def _of_user(self, user: ScoreExample) -> Tensor:
        encoded = to_device(self._encoder.encode(user.prompts), self.model)
        yes, no = self._encoder.label_ids
        truth = torch.tensor([yes if label else no for label in user.labels])
        rows = [slice(None)] if self._packed else [slice(n, n + 1) for n in range(len(truth))]
        labels: list[Tensor] = []
        device = self.model.device
        prompt_losses = torch.zeros((), device=device)
        for part in rows:
            packed = pack({k: v[part] for k, v in encoded.items()}, self._encoder.image_id)
            output = body_of(self.model)(**packed.inputs, use_cache=False)
            hidden = output.last_hidden_state[0]
            labels.append(hidden[packed.last])
            if self._loss == "full":
                prompt_losses = prompt_losses + self._of_prompts(packed, hidden)
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
        text = encoded["attention_mask"].bool() & (encoded["input_ids"] != self._image_id)
        return (prompt_losses + answers) / int(text.sum())

    def _of_prompts(self, packed: Pack, hidden: Tensor) -> Tensor:
        """Sum over the prompts' own words; one that several prompts share counts for each.

        What stands for a picture is given: it is most of a prompt, and there is nothing to learn
        in saying it again.
        """
        ids = packed.inputs["input_ids"][0]
        told = (packed.parent >= 0).to(ids.device) & (ids != self._image_id)
        after = told.nonzero()[:, 0].cpu()
        ids = ids[after.to(ids.device)]
        logits = head_of(self.model)(hidden[packed.parent[after]]).float()
        lost = functional.cross_entropy(logits, ids, reduction="none")
        total: Tensor = (lost * packed.prompts[after].to(lost.device)).sum()
        return total


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
