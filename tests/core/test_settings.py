import re
from pathlib import Path

import pytest

from core.errors import MsrError
from core.profiles import PROFILES, find_profile
from core.settings import REPOSITORY, Settings
from core.store import Store


def test_defaults_are_the_embedded_demo_on_port_7860() -> None:
    settings = Settings.from_environment({})
    assert (settings.profile, settings.host, settings.port) == ("embedded", None, 7860)
    assert settings.quantize is None
    assert settings.database_url == f"sqlite:///{settings.home / 'tasteline.db'}"
    assert (settings.assets.parent / "pyproject.toml").is_file()


def test_every_variable_changes_its_setting(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {
            "TASTELINE_PROFILE": "paper",
            "TASTELINE_HOME": str(tmp_path),
            "TASTELINE_DATABASE_URL": "sqlite://",
            "TASTELINE_HOST": "0.0.0.0",
            "TASTELINE_PORT": "8000",
            "TASTELINE_4BIT": "1",
            "TASTELINE_REMOTE_URL": "http://a:8000/v1/, https://b/v1",
            "TASTELINE_REMOTE_KEY": "secret",
            "TASTELINE_LEND": "yes",
            "TASTELINE_ADAPTER": "owner/name",
            "TASTELINE_USER_ADAPTER": "owner/other",
            "TASTELINE_IMAGE_TOKENS": "1800",
            "TASTELINE_PICTURE_GB": "2.5",
        }
    )
    urls = ("http://a:8000/v1", "https://b/v1")
    assert settings == Settings(
        "paper",
        tmp_path,
        "sqlite://",
        "0.0.0.0",
        8000,
        True,
        urls,
        "secret",
        True,
        "owner/name",
        "owner/other",
        1800,
        2_500_000_000,
    )
    assert "secret" not in repr(settings)


def test_four_bits_are_taken_refused_or_left_to_the_machine() -> None:
    for given, quantize in (("1", True), ("On", True), ("0", False), ("off", False), ("", None)):
        assert Settings.from_environment({"TASTELINE_4BIT": given}).quantize is quantize


@pytest.mark.parametrize("home", ["a b", "a%20b", "a?b=c", "ä#50%"])
def test_the_database_is_where_the_home_is_whatever_its_name(tmp_path: Path, home: str) -> None:
    settings = Settings.from_environment({"TASTELINE_HOME": str(tmp_path / home)})
    assert Store(settings.database_url).datasets() == ()
    assert [path.name for path in tmp_path.iterdir()] == [home]
    assert (tmp_path / home / "tasteline.db").is_file()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TASTELINE_4BIT", "maybe", "TASTELINE_4BIT is 'maybe'; it must be 1 or 0"),
        ("TASTELINE_LEND", "y", "TASTELINE_LEND is 'y'; it must be 1 or 0"),
        ("TASTELINE_HOME", "~nobody-of-that-name/x", "no such home folder"),
        ("TASTELINE_PORT", "1" * 5000, "must be a number from 1 to 65535"),
        ("TASTELINE_PICTURE_GB", "9" * 400, "must be a number"),
    ],
)
def test_value_that_means_nothing_is_refused(name: str, value: str, said: str) -> None:
    with pytest.raises(MsrError, match=said) as error:
        Settings.from_environment({name: value})
    assert len(str(error.value)) < 120


def test_servers_and_other_tastelines_are_not_mixed() -> None:
    lent = {"TASTELINE_REMOTE_URL": "space:owner/name"}
    assert Settings.from_environment(lent).remote_urls == ("space:owner/name",)
    with pytest.raises(MsrError, match="TASTELINE_IMAGE_TOKENS is 'many'"):
        Settings.from_environment({"TASTELINE_IMAGE_TOKENS": "many"})
    with pytest.raises(MsrError, match="TASTELINE_PICTURE_GB is '-1'"):
        Settings.from_environment({"TASTELINE_PICTURE_GB": "-1"})
    with pytest.raises(MsrError, match="one kind"):
        Settings.from_environment({"TASTELINE_REMOTE_URL": "space:owner/name,http://a/v1"})


def test_address_that_is_none_is_named() -> None:
    with pytest.raises(MsrError, match="TASTELINE_REMOTE_URL has 'host:8000'"):
        Settings.from_environment({"TASTELINE_REMOTE_URL": "host:8000"})
    for mistyped in ("me:secret@host:8000/v1", "htps://me:secret@host/v1?key=secret"):
        with pytest.raises(MsrError, match="host") as error:
            Settings.from_environment({"TASTELINE_REMOTE_URL": mistyped})
        assert "secret" not in str(error.value)


def test_readme_lists_every_variable() -> None:
    root = Path(__file__).parent.parent.parent
    source = (root / "core" / "settings.py").read_text("utf-8")
    readme = (root / "README.md").read_text("utf-8")
    names = set(re.findall(r'environment[.,].*"(TASTELINE_\w+)"', source))
    assert len(names) == 13
    assert all(f"`{name}`" in readme for name in names)


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_impossible_port_is_refused(port: str) -> None:
    with pytest.raises(MsrError, match="must be a number from 1 to 65535"):
        Settings.from_environment({"TASTELINE_PORT": port})


def test_a_variable_that_is_set_to_nothing_is_as_if_it_were_not_set() -> None:
    source = (REPOSITORY / "core" / "settings.py").read_text("utf-8")
    names = re.findall(r"TASTELINE_[A-Z0-9_]+", source)
    assert Settings.from_environment(dict.fromkeys(names, "")) == Settings.from_environment({})


def test_unknown_profile_names_the_known_ones() -> None:
    with pytest.raises(MsrError, match="no profile 'typo'"):
        Settings.from_environment({"TASTELINE_PROFILE": "typo"})
    assert find_profile("paper") is PROFILES["paper"]
    with pytest.raises(MsrError, match="choose one of embedded, paper"):
        find_profile("huge")
