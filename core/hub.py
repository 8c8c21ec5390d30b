"""What stands between a profile and its models from the Hub, in one line; told before it is loaded.

Without torch: a page says what is missing before it has imported anything heavy.
"""

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from huggingface_hub import auth_check, get_token, try_to_load_from_cache
from huggingface_hub.errors import GatedRepoError, HfHubHTTPError

from core.errors import MsrError, WeightsError, first_line
from core.profiles import Profile, Role

ANSWERS_WITHIN = 4.0  # seconds for the Hub, all models together
DRIVERS = ("/dev/nvidiactl", "/dev/dxg", "/dev/kfd")  # NVIDIA, the same under WSL, AMD


@contextmanager
def or_one_line(failed: str) -> Iterator[None]:
    """Say in one line that weights cannot be had, and why.

    A damaged file breaks whichever library reads it, and the Hub's client has errors of several.

    Raises:
        WeightsError: in the place of any error that is not ours.
    """
    try:
        yield
    except MsrError:
        raise
    except Exception as error:
        raise WeightsError(f"{failed}: {_why(error)}") from error


def what_is_missing(profile: Profile) -> tuple[str, ...]:
    """One line on why a profile's models cannot run here; none if nothing is in sight.

    Asks the Hub only for what is not in its cache, and for no longer than `ANSWERS_WITHIN`.

    Args:
        profile: whose models are to be loaded on this machine.
    """
    if not profile.needs_gpu:
        return ()
    absent = {role.checkpoint for role in profile.roles if not _is_cached(role)}
    missing = [] if driver_is_here() else ["this machine has no GPU"]
    refusals = _refusals(sorted(absent))
    if refusals and get_token() is None:
        missing.append("no HF_TOKEN is set")
    missing += refusals
    if not missing:
        return ()
    return (
        f"The {profile.name} profile cannot run live here: {'; '.join(missing)}. "
        "Recorded stories go on without it; docs/deploy.md says what it needs.",
    )


def _refusals(checkpoints: Sequence[str]) -> list[str]:
    """Why the Hub does not give these, as far as it says so in time."""
    found: list[str] = []

    def ask() -> None:
        for checkpoint in checkpoints:
            try:
                auth_check(checkpoint)
            except HfHubHTTPError as error:
                found.append(f"{checkpoint}: {_why(error).rstrip('.')}")
            except Exception:  # of whatever it connects with; the next one fares no better
                found.append("the Hub cannot be reached")
                return

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(ANSWERS_WITHIN)
    late = [f"the Hub does not answer within {ANSWERS_WITHIN:.0f} s"] if asking.is_alive() else []
    return [*found, *late]


def driver_is_here() -> bool:
    """Whether a GPU's driver is in sight; neither it nor torch is loaded to find out."""
    return shutil.which("nvidia-smi") is not None or any(map(Path.exists, map(Path, DRIVERS)))


def _is_cached(role: Role) -> bool:
    found = try_to_load_from_cache(role.checkpoint, "config.json", revision=role.revision)
    return isinstance(found, str)


def _why(error: Exception) -> str:
    """The first line of what a library says, unless the Hub's refusal is behind it."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, GatedRepoError):
            return "its licence has to be accepted on its page of the Hub; then set HF_TOKEN."
        if getattr(getattr(cause, "response", None), "status_code", None) in (401, 403):
            return "the Hub lets nobody have it without the right HF_TOKEN, or it does not exist."
        cause = cause.__cause__ or cause.__context__
    return first_line(error)
