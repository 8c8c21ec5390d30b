from pathlib import Path

import pytest
import torch
from transformers import LlamaForCausalLM

from core import attention
from core.checkpoints import made_fast
from core.language_model import Decoding
from core.prompts import Prompt
from core.transformers_model import TransformersModel
from tests.tiny_checkpoints import write_tiny_llama

ROWS = torch.tensor([[0, 0, 5, 6, 7, 8], [9, 10, 11, 12, 13, 14]])
GIVEN = torch.tensor([[0, 0, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_llama(tmp_path_factory.mktemp("llama"))


def llama(folder: Path, dtype: torch.dtype) -> LlamaForCausalLM:
    return LlamaForCausalLM.from_pretrained(folder, dtype=dtype).eval()


@torch.no_grad()
def last_states(model: LlamaForCausalLM) -> torch.Tensor:
    return model.model(ROWS, attention_mask=GIVEN).last_hidden_state[:, -1].float()


def test_attention_in_float32_computes_the_same_for_padded_rows(folder: Path) -> None:
    usual, ours = llama(folder, torch.float32), llama(folder, torch.float32)
    ours.set_attn_implementation(attention.NAME)
    torch.testing.assert_close(last_states(ours), last_states(usual), atol=1e-5, rtol=1e-5)


def test_attention_in_float32_leaves_a_bfloat16_model_in_bfloat16(folder: Path) -> None:
    model = made_fast(llama(folder, torch.bfloat16))
    states = model.model(ROWS, attention_mask=GIVEN).last_hidden_state
    assert states.dtype == torch.bfloat16
    exact = last_states(llama(folder, torch.float32))
    torch.testing.assert_close(states[:, -1].float(), exact, atol=0.1, rtol=0.1)


def test_the_head_gets_a_batch_in_one_piece(folder: Path) -> None:
    model = TransformersModel.load(folder, name="tiny", dtype=torch.float32)
    pieces: list[bool] = []
    head = model._model.lm_head
    head.register_forward_pre_hook(lambda _, given: pieces.append(given[0].is_contiguous()))
    prompts = [Prompt("preference", "1", text) for text in ("Night trains", "Night trains, tea")]
    model.generate_batch(prompts, Decoding(max_new_tokens=2))
    assert pieces
    assert all(pieces)
