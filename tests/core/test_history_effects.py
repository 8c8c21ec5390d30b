from core.history_effects import history_effects, preferences_without
from core.language_model import Generation, Margin
from core.masked_scorer import MaskedScorer
from core.preference import infer_preference, split_blocks
from core.records import Item, ItemSummary, ModelText, Preference, Provenance
from core.streams import drain
from tests.fakes import FakeModel

ITEMS = tuple(Item(str(number), f"title {number}") for number in range(1, 8))


class Listing(FakeModel):
    """Prefers the numbers of the items it has read, and says yes by how many there are."""

    def generate(self, prompt, decoding):  # type: ignore[no-untyped-def]
        self.asked.append(prompt)
        text = f" {' '.join(word for word in prompt.after.split() if word.startswith('n'))}."
        yield text
        return Generation(text.replace("..", "."), 1, 1.0)

    def margins(self, prompts):  # type: ignore[no-untyped-def]
        found = [sum(f"n{number}" in p.before for number in range(1, 8)) for p in prompts]
        return tuple(Margin(float(count), 1.0, 1, 1.0) for count in found)


def summary(item: Item) -> ItemSummary:
    text = ModelText(f"n{item.item_id}", "", Provenance("fake", "", "", "greedy", 0, 0, 0.0))
    return ItemSummary(item.item_id, text, None, text)


def read(model: FakeModel) -> tuple[list[Preference], dict[str, ItemSummary]]:
    summaries = {item.item_id: summary(item) for item in ITEMS}
    written: list[Preference] = []
    for block in split_blocks(ITEMS, 3):
        known = written[-1] if written else None
        written.append(drain(infer_preference(block, summaries, known, "video", model)))
    return written, summaries


def test_each_item_is_missing_from_its_own_preference_only() -> None:
    model = Listing()
    written, summaries = read(model)
    without = drain(preferences_without(written, summaries, "video", model))
    assert len(without) == 7
    for number, text in enumerate(without, 1):
        named = {n for n in range(1, 8) if f"n{n}" in text}
        assert named == set(range(1, 8)) - {number}


def test_only_the_items_block_and_later_ones_are_read_again() -> None:
    model = Listing()
    written, summaries = read(model)
    model.asked.clear()
    drain(preferences_without(written, summaries, "video", model))
    # blocks of 3, 3 and 1 items: 3 x 3 blocks, 3 x 2, and the last block vanishes with its item
    assert len(model.asked) == 3 * 3 + 3 * 2 + 0


def test_effects_are_what_the_margin_loses() -> None:
    model = Listing()
    written, summaries = read(model)
    without = drain(preferences_without(written, summaries, "video", model))
    scorer = MaskedScorer(model, "video", "preference-first")
    found = history_effects(ITEMS, written[-1].written.text, without, ITEMS[0], None, scorer)
    assert found.whole == 7.0
    assert found.effects == (1.0,) * 7
    assert found.units == tuple(item.title for item in ITEMS)


def test_without_its_only_item_a_history_has_no_preference() -> None:
    model = Listing()
    written, summaries = read(model)
    alone = [Preference(split_blocks(ITEMS[:1])[0], written[0].written)]
    assert drain(preferences_without(alone, summaries, "video", model)) == [""]
