from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image
from transformers import AutoProcessor, AutoTokenizer, LlamaForCausalLM
from transformers import LlavaNextForConditionalGeneration as LlavaNext

from core import prompts
from core.covers import Cover
from core.encoding import PromptEncoder
from core.prompts import Prompt, PromptOrder
from core.records import Item
from tests.tiny_checkpoints import write_tiny_llama, write_tiny_llava_next
from train.learners import (
    IGNORED,
    Loss,
    ScoreExample,
    ScoreLearner,
    TextExample,
    TextLearner,
    answered,
    head_of,
)
from train.lora import add_lora

SIZES = ((40, 28), (28, 28), (28, 60), (64, 30))


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_llava_next(tmp_path_factory.mktemp("llava"))


@pytest.fixture(scope="module")
def encoder(checkpoint: Path) -> PromptEncoder:
    return PromptEncoder(AutoProcessor.from_pretrained(checkpoint), "tiny")


def tuned(checkpoint: Path, dtype: torch.dtype = torch.float32) -> object:
    model = add_lora(LlavaNext.from_pretrained(checkpoint, dtype=dtype), 8, 16, 0.0)
    torch.manual_seed(2)
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.1)
    return model


def user(order: PromptOrder, covers: bool = True) -> ScoreExample:
    asked = []
    for number, size in enumerate(SIZES):
        image = Image.linear_gradient("L").resize(size).convert("RGB")
        cover = Cover(image, str(number)) if covers else None
        item = Item(str(number), f"Title {'long ' * number}{number}")
        asked.append(prompts.recommend("Likes cats and chess.", item, cover, "video", order))
    return ScoreExample(tuple(asked), (False, True, False, True))


def gradients(learner: ScoreLearner | TextLearner, *examples: Any) -> tuple[float, torch.Tensor]:
    learner.model.zero_grad()  # type: ignore[operator, union-attr]
    loss = learner(examples)
    loss.backward()
    found = [p.grad.flatten() for p in learner.parameters() if p.grad is not None]
    return float(loss.detach()), torch.cat(found)


@pytest.mark.parametrize("loss", ["answer", "full", "listwise"])
@pytest.mark.parametrize("order", ["preference-first", "image-first"])
@pytest.mark.parametrize("covers", [True, False])
def test_packed_candidates_have_the_gradient_of_unpacked_ones(
    checkpoint: Path,
    encoder: PromptEncoder,
    loss: Loss,
    order: PromptOrder,
    covers: bool,
) -> None:
    model, example = tuned(checkpoint), user(order, covers)
    packed_loss, packed = gradients(ScoreLearner(model, encoder, loss), example)
    plain_loss, plain = gradients(ScoreLearner(model, encoder, loss, packed=False), example)
    assert packed_loss == pytest.approx(plain_loss, rel=1e-5)
    assert float((packed - plain).norm() / plain.norm()) < 1e-4
    assert float(plain.norm()) > 1e-3


@pytest.mark.parametrize("loss", ["answer", "full", "listwise"])
def test_users_that_share_a_sequence_have_the_mean_of_their_gradients(
    checkpoint: Path, encoder: PromptEncoder, loss: Loss
) -> None:
    one, other = user("preference-first"), user("preference-first", covers=False)
    other = ScoreExample(other.prompts[1:3], other.labels[1:3])
    learner = ScoreLearner(tuned(checkpoint), encoder, loss)
    (first, slope), (second, other_slope) = gradients(learner, one), gradients(learner, other)
    both, found = gradients(learner, one, other)
    assert both == pytest.approx((first + second) / 2, rel=1e-5)
    wanted = (slope + other_slope) / 2
    assert float((found - wanted).norm() / wanted.norm()) < 1e-4


@pytest.mark.parametrize("covers", [True, False])
def test_packed_texts_have_the_gradient_of_transformers_own_loss(
    checkpoint: Path, encoder: PromptEncoder, covers: bool
) -> None:
    """Of texts that are as long as they are, share their beginnings, or are the same twice."""
    item, examples = Item("1", "T"), []
    for number, size in enumerate(SIZES):
        cover = Cover(Image.linear_gradient("L").resize(size).convert("RGB"), str(number))
        told = "long " * number
        prompt = prompts.fusion(item, "video", f"A {told}note", "b")
        asked = prompts.image_description(cover, "video") if covers else prompt
        examples.append(TextExample(asked, f"yes {told}no"))
    examples.append(examples[1])
    model: Any = tuned(checkpoint)
    lost, count = torch.zeros(()), 0
    for example in examples:
        inputs, labels = answered(encoder, [example])
        learnt = int((labels != IGNORED).sum())
        lost = lost + model(**inputs, labels=labels).loss * learnt
        count += learnt
    (lost / count).backward()
    plain = torch.cat([p.grad.flatten() for p in model.parameters() if p.grad is not None])
    loss, packed = gradients(TextLearner(model, encoder), *examples)
    assert loss == pytest.approx(float(lost.detach()) / count, rel=1e-5)
    assert float((packed - plain).norm() / plain.norm()) < 1e-4
    assert float(plain.norm()) > 1e-3


def test_an_adapter_learns_in_float32_and_multiplies_in_the_models_precision(
    checkpoint: Path, encoder: PromptEncoder
) -> None:
    _, exact = gradients(ScoreLearner(tuned(checkpoint), encoder, "answer"), user("image-first"))
    model: Any = tuned(checkpoint, torch.bfloat16)
    seen = set()
    for name, layer in model.named_modules():
        if name.endswith(("lora_A.default", "lora_B.default")):
            layer.register_forward_hook(
                lambda _, given, made: seen.add((given[0].dtype, made.dtype))
            )
    _, rounded = gradients(ScoreLearner(model, encoder, "answer"), user("image-first"))
    assert seen == {(torch.bfloat16, torch.bfloat16)}
    assert rounded.dtype == torch.float32
    assert float((rounded - exact).norm() / exact.norm()) < 0.1


@pytest.mark.parametrize("loss", ["answer", "full"])
def test_layers_computed_again_for_the_gradient_are_the_same(
    checkpoint: Path, encoder: PromptEncoder, loss: Loss
) -> None:
    example, found = user("preference-first"), []
    for again in (False, True):
        model = tuned(checkpoint)
        if again:
            model.gradient_checkpointing_enable()  # type: ignore[attr-defined]
            model.enable_input_require_grads()  # type: ignore[attr-defined]
        model.train()  # type: ignore[attr-defined]
        found.append(gradients(ScoreLearner(model, encoder, loss), example)[1])
    assert torch.allclose(*found, atol=1e-6)
    assert float(found[0].norm()) > 1e-3


@pytest.mark.parametrize("order", ["preference-first", "image-first"])
def test_full_loss_is_the_papers_equation_2(
    checkpoint: Path, encoder: PromptEncoder, order: PromptOrder
) -> None:
    """Of every token of text, and of none that stands for the picture, which is given."""
    model = tuned(checkpoint)
    example = user(order)
    total, count = 0.0, 0
    for prompt, label in zip(example.prompts, example.labels, strict=True):
        inputs = encoder.encode([prompt])
        ids = torch.cat([inputs["input_ids"][0], torch.tensor([encoder.label_ids[not label]])])
        with torch.no_grad():
            logits = model.get_base_model()(**inputs).logits[0]  # type: ignore[attr-defined]
        words = ids[1:] != encoder.image_id
        total += float(
            torch.nn.functional.cross_entropy(logits[words], ids[1:][words], reduction="sum")
        )
        count += int(words.sum())
        assert 0 < int(words.sum()) < len(words)
    found = ScoreLearner(model, encoder, "full")([example]).detach()
    assert float(found) == pytest.approx(total / count, rel=1e-5)


def test_only_label_positions_reach_the_vocabulary(
    checkpoint: Path, encoder: PromptEncoder
) -> None:
    model, rows = tuned(checkpoint), []
    head_of(model).register_forward_hook(lambda _, given, __: rows.append(given[0].shape[0]))
    ScoreLearner(model, encoder, "answer")([user("preference-first")])
    assert rows == [4]
    rows.clear()
    example = TextExample(prompts.fusion(Item("1", "T"), "video", "a", "b"), "yes no")
    model = tuned(checkpoint)
    head_of(model).register_forward_hook(lambda _, given, __: rows.append(given[0].shape[0]))
    TextLearner(model, encoder)([example])
    assert sum(rows) == int((answered(encoder, [example])[1] != IGNORED).sum()) < 12


def test_adapter_learns_in_the_language_model_only(checkpoint: Path) -> None:
    names = [
        n
        for n, p in add_lora(LlavaNext.from_pretrained(checkpoint), 8, 16, 0.0).named_parameters()
        if p.requires_grad
    ]
    assert len(names) == 2 * 2 * 7  # A and B, two layers, seven projections
    assert not [name for name in names if "vision" in name or "projector" in name]
    assert all("language_model.layers" in name for name in names)


def test_adapter_finds_the_same_layers_in_a_text_model(tmp_path: Path) -> None:
    model = LlamaForCausalLM.from_pretrained(write_tiny_llama(tmp_path))
    names = [n for n, p in add_lora(model, 8, 16, 0.0).named_parameters() if p.requires_grad]
    assert len(names) == 2 * 2 * 7


def test_answers_are_learnt_and_prompts_are_not(tmp_path: Path) -> None:
    encoder = PromptEncoder(AutoTokenizer.from_pretrained(write_tiny_llama(tmp_path)), "tiny")
    examples = [
        TextExample(Prompt("fusion", "", after="A long question, really?"), "yes"),
        TextExample(Prompt("fusion", "", after="?", answer_start="I say"), " no and no"),
        TextExample(Prompt("fusion", "", after="?"), "yes", ends=False),
    ]
    inputs, labels = answered(encoder, examples)
    for row, example in enumerate(examples):
        length = int(inputs["attention_mask"][row].sum())
        learnt = labels[row] != IGNORED
        text = encoder.tokenizer.decode(labels[row][learnt], skip_special_tokens=True)
        assert text == example.answer
        assert encoder.tokenizer.decode(inputs["input_ids"][row, :length]).startswith("[user]")
        assert (labels[row][learnt][-1] == encoder.tokenizer.eos_token_id) == example.ends
        assert not learnt[length:].any()
