"""What the tests of models ask them."""

from PIL import Image

from core import prompts
from core.covers import Cover
from core.prompts import Prompt
from core.records import Item
from core.transformers_model import TransformersModel

PREFERENCE = "The user appears to have a preference for quiet train rides and long dinners."
TITLES = ("Night train to the coast", "Ten ways to peel a mango, and one that fails", "猫", "Goal!")


def picture(red: int, size: tuple[int, int] = (40, 28)) -> Cover:
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.paste((red, 40, 90), (4, 4, 20, 20))
    return Cover(image, f"sha-{red}-{size}")


def asked(order: prompts.PromptOrder, covers: bool, preference: str = PREFERENCE) -> list[Prompt]:
    sizes = ((40, 28), (28, 28), (28, 60), (64, 30))
    return [
        prompts.recommend(
            preference, Item(str(i), title), picture(60 * i, size) if covers else None,
            "video", order,
        )
        for i, (title, size) in enumerate(zip(TITLES, sizes, strict=True))
    ]  # fmt: skip


def margins(model: TransformersModel, asked: list[Prompt]) -> list[float]:
    return [answer.margin for answer in model.margins(asked)]
