from train.taste import Belief, update


def read(*blocks: list[tuple[str, str]]) -> list[Belief]:
    belief, found = Belief(), []
    for block in blocks:
        belief = update(belief, [theme for theme, _ in block], [style for _, style in block])
        found.append(belief)
    return found


def test_themes_that_come_back_are_liked_and_a_whim_is_not() -> None:
    first, second = read(
        [("cats", "neon"), ("chess", "neon"), ("cats", "ink")],
        [("chess", "neon"), ("trains", "ink"), ("cats", "neon")],
    )
    assert first.themes == ("cats", "chess")
    assert set(second.themes) == {"cats", "chess"}
    assert second.passing == ("trains",)
    assert second.faded == ()


def test_theme_that_takes_over_is_gained_and_the_old_one_fades() -> None:
    *_, last = read(
        [("cats", "neon"), ("chess", "neon"), ("cats", "neon")],
        [("cats", "neon"), ("trains", "neon"), ("trains", "neon")],
    )
    assert set(last.themes) == {"cats", "trains"}
    assert last.faded == ("chess",)


def test_look_changes_only_when_another_fills_a_block() -> None:
    first, second, third = read(
        [("cats", "neon"), ("cats", "neon"), ("cats", "ink")],
        [("cats", "ink"), ("cats", "neon"), ("cats", "pixel")],
        [("cats", "ink"), ("cats", "ink"), ("cats", "pixel")],
    )
    assert first.style == second.style == "neon"
    assert second.passing_style == "ink"
    assert third.style == "ink"


def test_of_themes_that_come_once_those_in_the_liked_look_come_first() -> None:
    first, second = read(
        [("trains", "ink"), ("cats", "neon"), ("chess", "neon")],
        [("baking", "pixel"), ("cats", "neon"), ("cats", "neon")],
    )
    assert first.themes == ("cats", "chess")
    assert first.passing == ("trains",)
    assert second.themes == ("cats", "chess")


def test_of_equal_themes_the_earlier_one_is_liked_whatever_strings_hash_to() -> None:
    (belief,) = read([(theme, "ink") for theme in ("trains", "cats", "chess")])
    assert (belief.themes, belief.passing) == (("trains", "cats"), ("chess",))
