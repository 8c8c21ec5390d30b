from core.personas import Persona, next_persona

PEOPLE = [
    Persona(dataset, user, user.title(), "")
    for dataset, user in (("videos", "ada"), ("baby", "eve"), ("videos", "ben"), ("videos", "cleo"))
]


def after(user: str, dataset: str = "videos") -> str | None:
    found = next_persona(PEOPLE, dataset, user)
    return found and found.user_id


def test_after_the_last_persona_of_a_data_set_comes_its_first() -> None:
    assert [after(user) for user in ("ada", "ben", "cleo")] == ["ben", "cleo", "ada"]


def test_whoever_is_no_persona_has_the_first_one_beside_them() -> None:
    assert after("u0001") == "ada"


def test_nobody_comes_after_the_only_one() -> None:
    assert after("eve", "baby") is None
    assert after("eve", "games") is None
