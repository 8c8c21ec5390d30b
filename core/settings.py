"""Settings: the only reader of the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from core.errors import MsrError, without_secrets
from core.profiles import find_profile

SPACE = "space:"  # before the address of another Tasteline
REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between two installations.

    Attributes:
        profile: which models play which role, see `core.profiles`.
        home: cache folder for weights, database and thumbnails; the Hub has its own.
        database_url: SQLAlchemy URL of the store.
        host: address to listen on; None leaves it to Gradio (127.0.0.1, or the Space's own).
        port: TCP port to listen on.
        quantize: load the models in 4 bit; None: where the GPU is too small for 16.
        remote_urls: of servers that hold the models in the place of this machine; none: it does.
            One that starts with ``space:`` is another Tasteline.
        remote_key: for servers that want one; never shown.
        adapter: of the recommender in the place of the profile's: a folder, or a name on the Hub;
            with servers the name that they know it by.
        user_adapter: the same of the user summariser.
        image_tokens: of one picture at most, for checkpoints that cut pictures into tiles; None: as
            many as they like.
        lend: let other Tastelines use the models of this one.
        picture_bytes: to keep of pictures that were scored, for prompts that start with one; None:
            half of what the GPU has left, 1 GB without one.
        assets: what the repository ships.
    """

    profile: str
    home: Path
    database_url: str
    host: str | None
    port: int
    quantize: bool | None
    remote_urls: tuple[str, ...] = ()
    remote_key: str = field(default="", repr=False)
    lend: bool = False
    adapter: str = ""
    user_adapter: str = ""
    image_tokens: int | None = None
    picture_bytes: int | None = None
    assets: Path = REPOSITORY / "assets"

    @property
    def as_shipped(self) -> bool:
        """Whether models are those that were measured: none is asked to be another, or rounded."""
        own = self.adapter or self.user_adapter
        return not (own or self.image_tokens or self.quantize or self.remote_urls)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the ``TASTELINE_*`` variables; the README lists them.

        Raises:
            MsrError: if a value cannot be used.
        """
        home = _home(environment.get("TASTELINE_HOME", ""))
        port = environment.get("TASTELINE_PORT") or "7860"
        if not _is_number(port) or not 0 < int(port) < 65536:
            raise MsrError(f"TASTELINE_PORT is {port[:20]!r}; it must be a number from 1 to 65535.")
        tokens = environment.get("TASTELINE_IMAGE_TOKENS", "")
        if tokens and not _is_number(tokens):
            raise MsrError(f"TASTELINE_IMAGE_TOKENS is {tokens[:20]!r}; it must be a number.")
        kept = environment.get("TASTELINE_PICTURE_GB", "")
        if kept and not _is_number(kept.replace(".", "", 1)):
            raise MsrError(f"TASTELINE_PICTURE_GB is {kept[:20]!r}; it must be a number.")
        return cls(
            picture_bytes=int(float(kept) * 1e9) if kept else None,
            image_tokens=int(tokens) if tokens else None,
            profile=find_profile(environment.get("TASTELINE_PROFILE") or "embedded").name,
            home=home,
            database_url=environment.get("TASTELINE_DATABASE_URL")
            or sqlite_url(home / "tasteline.db"),
            host=environment.get("TASTELINE_HOST") or None,
            port=int(port),
            remote_urls=_urls(environment.get("TASTELINE_REMOTE_URL", "")),
            remote_key=environment.get("TASTELINE_REMOTE_KEY", ""),
            lend=bool(_on(environment, "TASTELINE_LEND")),
            quantize=_on(environment, "TASTELINE_4BIT"),
            adapter=environment.get("TASTELINE_ADAPTER", ""),
            user_adapter=environment.get("TASTELINE_USER_ADAPTER", ""),
        )


def sqlite_url(file: Path) -> str:
    """The SQLAlchemy URL of a file, whatever its path is made of."""
    return f"sqlite:///{quote(str(file))}"


def _home(given: str) -> Path:
    try:
        return (Path(given) if given else Path.home() / ".cache" / "tasteline").expanduser()
    except RuntimeError as error:  # ~ of a user who does not exist
        raise MsrError(f"TASTELINE_HOME is {given!r}; there is no such home folder.") from error


def _is_number(given: str) -> bool:
    return given.isdecimal() and len(given) < 16  # Python refuses to read very long ones


def _on(environment: Mapping[str, str], name: str) -> bool | None:
    """Whether a switch is on; None where nothing is said."""
    given = environment.get(name, "").strip().lower()
    if given in {"1", "true", "yes", "on"}:
        return True
    if given in {"0", "false", "no", "off"}:
        return False
    if given:
        raise MsrError(f"{name} is {given[:20]!r}; it must be 1 or 0.")
    return None


def _urls(given: str) -> tuple[str, ...]:
    urls = tuple(url for part in given.split(",") if (url := part.strip().rstrip("/")))
    for url in urls:
        if url == SPACE or not url.startswith(("http://", "https://", SPACE)):
            raise MsrError(
                f"TASTELINE_REMOTE_URL has {without_secrets(url)!r}; it must be addresses such as "
                "http://host:8000/v1 or space:owner/name, with commas between them."
            )
    if len({url.startswith(SPACE) for url in urls}) > 1:
        raise MsrError(
            "TASTELINE_REMOTE_URL names both servers and Tastelines; take one kind of them."
        )
    return urls
