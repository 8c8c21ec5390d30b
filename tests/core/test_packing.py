from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from transformers import LlamaForCausalLM

from core.errors import MsrError
from core.packing import Pack, pack, packed_attention, together
from tests.tiny_checkpoints import write_tiny_llama

IMAGE = 9


def encoded(*rows: list[int]) -> dict[str, torch.Tensor]:
    width = max(map(len, rows))
    return {
        "input_ids": torch.tensor([row + [0] * (width - len(row)) for row in rows]),
        "attention_mask": torch.tensor([[1] * len(r) + [0] * (width - len(r)) for r in rows]),
    }


def seen_by(packed: Pack, node: int) -> list[int]:
    """Ids that a node sees, its own last, as its branch says."""
    branch = next(b for b in packed.inputs["branches"] if b.nodes.start <= node < b.nodes.stop)
    nodes = branch.seen[branch.mask[node - branch.nodes.start]]
    return [int(i) for i in packed.inputs["input_ids"][0, nodes]]


def test_a_prompt_reads_as_if_it_were_alone() -> None:
    rows = [[1, 2, 3, 4], [1, 2, 5], [1, 2, 3, 6, 7], [8]]
    packed = pack(encoded(*rows), None)
    assert [seen_by(packed, int(node)) for node in packed.last] == rows
    assert packed.inputs["position_ids"][0, packed.last].tolist() == [3, 2, 4, 0]


def test_branches_as_one_see_what_they_saw(tmp_path: Path) -> None:
    rows = [[1, 2, 3, 4], [1, 2, 5], [1, 2, 3, 6, 7], [8]]
    write_tiny_llama(tmp_path)
    model = LlamaForCausalLM.from_pretrained(tmp_path, dtype=torch.float32)
    packed = pack(encoded(*rows), None)
    one = together(packed.inputs["branches"])
    assert one.mask.sum(1).tolist() == [1, 2, 3, 4, 3, 4, 5, 1]  # each token, and what leads to it
    with torch.inference_mode(), packed_attention(model):
        apart = model.model(**packed.inputs).last_hidden_state
        at_once = model.model(**packed.inputs | {"branches": [one]}).last_hidden_state
    torch.testing.assert_close(at_once, apart, rtol=1e-5, atol=1e-5)


def test_prompts_share_nothing_unless_they_follow_the_very_same() -> None:
    one, other = (((torch.zeros(1, 1, length, 2),) * 2,) for length in (3, 5))
    packed = pack(encoded([1, 2], [1, 2], [1, 3]), None, [one, other, one])
    assert packed.inputs["input_ids"].tolist() == [[1, 2, 1, 2, 3]]
    assert packed.inputs["position_ids"].tolist() == [[3, 4, 5, 6, 4]]
    assert packed.parent.tolist() == [-1, 0, -1, 2, 0]
    assert [branch.past for branch in packed.inputs["branches"]] == [one, other, one]
    assert [branch.mask.shape for branch in packed.inputs["branches"]] == [(2, 5), (2, 7), (1, 5)]


def test_what_prompts_begin_with_is_there_once() -> None:
    packed = pack(encoded([1, 2, 3, 4], [1, 2, 5], [1, 2, 3, 6]), None)
    assert packed.inputs["input_ids"].tolist() == [[1, 2, 3, 4, 5, 6]]
    assert packed.parent.tolist() == [-1, 0, 1, 2, 1, 2]


def test_nothing_is_shared_from_a_picture_on() -> None:
    packed = pack(encoded([1, IMAGE, 2], [1, IMAGE, 2]), IMAGE)
    assert packed.inputs["input_ids"].tolist() == [[1, IMAGE, 2, IMAGE, 2]]
    assert packed.last.tolist() == [2, 4]


def test_equal_prompts_end_in_the_same_node() -> None:
    packed = pack(encoded([1, 2], [1, 2]), None)
    assert packed.last.tolist() == [1, 1]
    assert len(packed.inputs["branches"]) == 1


def test_a_prompt_may_begin_another_one() -> None:
    rows = [[1, 2, 3], [1, 2]]
    packed = pack(encoded(*rows), None)
    assert [seen_by(packed, int(node)) for node in packed.last] == rows


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> LlamaForCausalLM:
    folder: Path = write_tiny_llama(tmp_path_factory.mktemp("llama"))
    return LlamaForCausalLM.from_pretrained(folder).eval()


@torch.no_grad()
def test_a_packed_model_computes_what_it_computes_alone(llama: LlamaForCausalLM) -> None:
    rows = [[5, 6, 7, 8], [5, 6, 9, 7, 8], [5, 6, 9], [10, 6, 7]]
    packed = pack(encoded(*rows), None)
    with packed_attention(llama):
        together = llama.model(**packed.inputs, use_cache=False).last_hidden_state[0, packed.last]
    for row, state in zip(rows, together, strict=True):
        alone = llama.model(input_ids=torch.tensor([row])).last_hidden_state[0, -1]
        assert torch.allclose(state, alone, atol=1e-5)


def test_prompts_that_are_padded_on_the_left_are_refused() -> None:
    turned = {name: values.flip(1) for name, values in encoded([1, 2, 3], [1, 2]).items()}
    with pytest.raises(ValueError, match="padded on the left"):
        pack(turned, None)


def test_a_window_that_is_shorter_than_a_prompt_is_refused(llama: LlamaForCausalLM) -> None:
    packed = pack(encoded([5, 6, 7, 8]), None)
    with packed_attention(llama), torch.no_grad():
        llama.model(**packed.inputs, sliding_window=4)
        with pytest.raises(MsrError, match="attends to 3 tokens, and a prompt has 4"):
            llama.model(**packed.inputs, sliding_window=3)


def broken(model: object) -> None:
    with packed_attention(model):
        raise ValueError("broken")


def test_attention_is_as_it_was_afterwards_whatever_happens() -> None:
    text = SimpleNamespace(_attn_implementation="sdpa")
    model = SimpleNamespace(config=SimpleNamespace(get_text_config=lambda: text))
    with packed_attention(model):
        assert text._attn_implementation == "branches"
    with pytest.raises(ValueError, match="broken"):
        broken(model)
    assert text._attn_implementation == "sdpa"
