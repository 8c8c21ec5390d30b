"""What Gradio offers and the page has no use for, closed; and how much may be sent to the rest."""

from typing import Any

from gradio.utils import LRUCache
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_SENT = 16_000_000  # bytes of one request: a visitor's picture has 5 MB, in base64
MOST_LENT = 300_000_000  # prompts with their pictures, `core.space_model.MOST_PROMPTS` at once
# Fetches of any address, whose answers would be the page's own; uploads, recordings and deep links,
# which leave files that nothing removes.
UNUSED = (
    "file={rest:path}",
    "file/{rest:path}",
    "proxy={rest:path}",
    "upload",
    "upload_progress",
    "process_recording",
    "deep_link",
    "stream/{rest:path}",
    "component_server",
    "component_server/{rest:path}",
)


def closed_routes() -> list[Route]:
    """Routes to stand before Gradio's own of the same paths."""
    methods = ["GET", "POST"]
    return [Route(f"/gradio_api/{path}", _closed, methods=methods) for path in UNUSED]


def _closed(_: Request) -> Response:
    return PlainTextResponse("This page has no such address.", status_code=404)


class Heard(LRUCache[str, Any]):  # type: ignore[misc]  # untyped
    """What waits for visitors to fetch it; of many, those that fetched last keep theirs.

    Gradio's own drops those who came first, who may be listening.
    """

    def __getitem__(self, session: str) -> Any:
        """What waits for a visitor."""
        self.move_to_end(session)
        return super().__getitem__(session)

    def get(self, session: str, default: Any = None) -> Any:
        """The same, or the default."""
        return self[session] if session in self else default


class Limited:
    """Refuses a request that sends more than so much; Gradio reads each whole."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        """Take what answers, and the bytes that a request may have."""
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, counting what comes of it."""
        sent = 0

        async def counted() -> Message:
            nonlocal sent
            message = await receive()
            sent += len(message.get("body", b""))
            if sent > self._most:  # FastAPI answers with it
                raise HTTPException(413, f"A request has at most {self._most:,} bytes.")
            return message

        await self._app(scope, counted if scope["type"] == "http" else receive, send)
