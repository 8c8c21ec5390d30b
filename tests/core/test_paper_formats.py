"""What the paper's checkpoints ask for: their turns, tiles and ends, on small random weights."""

import pytest
import torch

from core import prompts
from core.image_budget import tokens
from core.language_model import Decoding
from core.prompts import Prompt
from core.records import Item
from core.streams import drain
from core.transformers_model import TransformersModel
from tests.core.questions import PREFERENCE, picture
from tests.tiny_checkpoints import (
    GRIDS_7B,
    LLAMA_3,
    MISTRAL,
    write_tiny_llama,
    write_tiny_llava_next,
)

SHAPES = ((600, 330), (600, 600), (200, 700))


@pytest.fixture(scope="module")
def llava(tmp_path_factory: pytest.TempPathFactory) -> TransformersModel:
    folder = write_tiny_llava_next(tmp_path_factory.mktemp("llava"), 336, GRIDS_7B, MISTRAL)
    return TransformersModel.load(folder, name="llava", dtype=torch.float32)


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> TransformersModel:
    folder = write_tiny_llama(tmp_path_factory.mktemp("llama"), LLAMA_3)
    return TransformersModel.load(folder, name="llama", dtype=torch.float32)


def asked() -> list[Prompt]:
    return [
        prompts.recommend(
            PREFERENCE, Item(str(n), f"Title {n}"), picture(60 * n, shape), "video", "image-first"
        )
        for n, shape in enumerate(SHAPES)
    ]


def test_a_picture_stands_once_and_before_the_words(llava: TransformersModel) -> None:
    text = llava._encoder.render(asked()[0])
    assert text.startswith("[INST] <image>\nYou will be given")
    assert text.count("<image>") == 1
    assert text.endswith("Answer 'yes' or 'no'. [/INST]")


def test_tiles_of_a_7b_are_scored_as_in_a_plain_pass(llava: TransformersModel) -> None:
    batch = asked()
    found = llava.margins(batch)
    plain = llava.plain_margins(batch)
    assert [answer.margin for answer in found] == pytest.approx(plain, abs=1e-4)
    alone = [llava._encode([prompt])["input_ids"].shape[1] for prompt in batch]
    assert [answer.tokens for answer in found] == alone
    words = [len(llava._tokenizer(llava._encoder.render(p)).input_ids) - 1 for p in batch]
    wide, square, tall = (length - said for length, said in zip(alone, words, strict=True))
    assert square == tokens((672, 672), 336, 14)
    assert max(wide, tall) < square  # padding is taken out, and a tall one takes fewer tiles


def test_pictures_of_many_tiles_are_described_together_as_alone(llava: TransformersModel) -> None:
    batch = [prompts.image_description(picture(9, shape), "video") for shape in SHAPES]
    decoding = Decoding(max_new_tokens=6)
    alone = [drain(llava.generate(prompt, decoding)).text for prompt in batch]
    assert [text.text for text in llava.generate_batch(batch, decoding)] == alone


def test_llama_3_begins_a_text_once_and_has_two_ends(llama: TransformersModel) -> None:
    prompt = prompts.preference(["About tea."], "video", None)
    ids = llama._encode([prompt])["input_ids"][0].tolist()
    assert ids.count(llama._tokenizer.bos_token_id) == 1
    assert llama._tokenizer.decode(ids).endswith(f"<|end_header_id|>\n\n{prompt.answer_start}")
    ends = {"</s>", "<|eot_id|>"}
    assert {llama._tokenizer.decode(end) for end in llama._end_ids()} == ends


def test_a_word_that_is_asked_for_is_one_token_in_either_format(
    llava: TransformersModel, llama: TransformersModel
) -> None:
    assert [llava._tokenizer.decode(label) for label in llava.label_ids] == [" yes", " no"]
    assert [llama._tokenizer.decode(label) for label in llama.label_ids] == ["yes", "no"]
