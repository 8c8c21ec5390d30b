"""From prompts to token ids and pixels, as a checkpoint expects them, for use and for training."""

from collections.abc import Sequence
from typing import Any

from torch import Tensor

from core.errors import MsrError, WeightsError
from core.language_model import LABELS
from core.prompts import Prompt


class PromptEncoder:
    """Renders prompts with a checkpoint's chat template and tokenises them.

    Attributes:
        tokenizer: the checkpoint's.
        sees_images: whether a prompt may hold a picture.
        image_id: of the tokens that pictures take the place of, or None.
        label_ids: of yes and no, as the first token of an answer.
    """

    def __init__(self, processor: Any, name: str) -> None:
        """Take a processor (LLaVA-NeXT) or a tokenizer (text), and a name for messages.

        Raises:
            WeightsError: if the checkpoint does not write a label as one token.
        """
        self._processor = processor
        self._name = name
        self.tokenizer: Any = getattr(processor, "tokenizer", processor)
        if self.tokenizer.pad_token is None:  # Llama 3 has none; padding is masked anyway
            self.tokenizer.pad_token = self.tokenizer.eos_token
        self.sees_images = hasattr(processor, "image_processor")
        self.image_id = (
            self.tokenizer.convert_tokens_to_ids(processor.image_token)
            if self.sees_images
            else None
        )
        self.label_ids = tuple(self._label_id(label) for label in LABELS)

    def encode(self, prompts: Sequence[Prompt]) -> dict[str, Tensor]:
        """Tokenise prompts and pad them on the right; pictures become pixels and image tokens.

        Returns:
            ``input_ids`` and ``attention_mask``, int64, ``(rows, length)``; with pictures also
            ``pixel_values``, float32, ``(rows, tiles, 3, side, side)``, and ``image_sizes``.
        """
        texts = [self.render(prompt) for prompt in prompts]
        images = [prompt.cover.image for prompt in prompts if prompt.cover is not None]
        options: dict[str, Any] = {
            "return_tensors": "pt",
            "padding": True,
            "padding_side": "right",
            "add_special_tokens": self._adds_bos(texts[0]),
        }
        if images:
            batch = self._processor(text=texts, images=images, **options)
        else:
            batch = self.tokenizer(texts, **options)
        batch.pop("token_type_ids", None)
        return dict(batch)

    def after_picture(self, prompts: Sequence[Prompt]) -> dict[str, Tensor]:
        """Tokenise what comes after each prompt's picture; no picture is opened for it.

        Returns:
            ``input_ids`` and ``attention_mask``, int64, ``(rows, length)``, padded on the right.
        """
        texts = [self.render(prompt) for prompt in prompts]
        rows = [self.tokenizer(text, add_special_tokens=False).input_ids for text in texts]
        rows = [row[row.index(self.image_id) + 1 :] for row in rows]
        batch = self.tokenizer.pad({"input_ids": rows}, padding_side="right", return_tensors="pt")
        return {name: batch[name] for name in ("input_ids", "attention_mask")}

    def render(self, prompt: Prompt, answer: str | None = None) -> str:
        """Apply the checkpoint's own chat template; an answer is added as the model's turn."""
        messages: list[dict[str, Any]] = [{"role": "user", "content": self._content(prompt)}]
        if answer is not None:
            said: Any = [{"type": "text", "text": answer}] if self.sees_images else answer
            messages.append({"role": "assistant", "content": said})
        template = self._processor if self.sees_images else self.tokenizer
        text: str = template.apply_chat_template(
            messages, tokenize=False, add_generation_prompt=answer is None
        )
        return text + prompt.answer_start

    def _content(self, prompt: Prompt) -> Any:
        if not self.sees_images:
            if prompt.cover is not None:
                raise MsrError(f"{self._name} does not see images.")
            return prompt.before + prompt.after
        parts: list[dict[str, str]] = []
        if prompt.before:
            parts.append({"type": "text", "text": prompt.before})
        if prompt.cover is not None:
            parts.append({"type": "image"})
        return [*parts, {"type": "text", "text": prompt.after}]

    def _label_id(self, label: str) -> int:
        """Find the id that a label starts with in this checkpoint's own answer turn.

        Tokenisers write the same word as different ids in different places (the authors' code
        trains one and reads another), so the id is taken from the rendered conversation.
        """
        prompt = Prompt("score", "", after="?")
        asked, answered = self.render(prompt), self.render(prompt, label)
        options = {"add_special_tokens": self._adds_bos(asked)}
        before = self.tokenizer(asked, **options).input_ids
        whole = self.tokenizer(answered, **options).input_ids
        written = self.tokenizer.decode(whole[len(before) : len(before) + 1]).strip()
        if whole[: len(before)] != before or written != label:
            raise WeightsError(
                f"{self._name} does not write {label!r} as one token after its own "
                "prompt, so its yes/no margin cannot be read."
            )
        return int(whole[len(before)])

    def _adds_bos(self, text: str) -> bool:
        bos = self.tokenizer.bos_token
        return bos is not None and not text.startswith(bos)
