"""The person's side for tests: people who type, tap, pay and look, wherever the sandbox runs.

    async with SandboxClient(url) as telegram:
        ann = await telegram.person("Ann")
        await ann.types("dune")
        await ann.taps("Add to cart")
        ann.sees("1 book")

After each thing that a person does, the client waits until the bot has taken it and rests (`GET /sandbox/quiet`), then
reads the chat again; so `sees` and `buttons` tell what is on the screen now. A test that knows better when its bot
is at rest passes its own `settle`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any

import aiohttp

from sandbox.model import Json

if TYPE_CHECKING:
    from sandbox.persons import Person

Settle = Callable[[int], Awaitable[None]]
"""Waits until the bot has dealt with the update of that id and shown what follows from it."""


class SandboxError(Exception):
    """The person's side refused: an HTTP status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(f"{status}: {sentence}")
        self.status = status
        self.sentence = sentence


class SandboxClient:
    """One sandbox. `patience` is how many seconds it waits for the bot after each action; a bot that has taken an update and calls
    nothing for `silence` seconds has nothing to say to it."""

    def __init__(
        self,
        url: str,
        *,
        settle: Settle | None = None,
        patience: float = 10.0,
        rest_ms: int = 30,
        silence: float = 0.5,
    ) -> None:
        self.url = url.rstrip("/")
        self.patience = patience
        self.rest_ms = rest_ms
        self.silence = silence
        self._settle = settle
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> SandboxClient:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        if self._http is not None:
            await self._http.close()
            self._http = None

    async def request(
        self, verb: str, path: str, body: Json | None = None, *, form: aiohttp.FormData | None = None
    ) -> Json:
        """One request of docs/sandbox.md; SandboxError if it is refused."""
        if self._http is None:
            self._http = aiohttp.ClientSession()
        async with self._http.request(verb, f"{self.url}/sandbox{path}", json=body, data=form) as response:
            answer: Json = await response.json()
            if response.status != 200:
                raise SandboxError(response.status, str(answer.get("error", answer)))
            return answer

    async def last_call(self) -> int:
        """The id of the bot's newest call; 0 where `settle` does without it."""
        if self._settle is not None:
            return 0
        return int((await self.request("GET", "/calls?limit=1&after=999999999"))["next"])

    async def settle(self, update_id: int, after_call: int) -> None:
        """Waits until the bot has dealt with an update and rests; AssertionError if it does not take it in time."""
        if self._settle is not None:
            await self._settle(update_id)
            return
        rest = f"ms={self.rest_ms}&silence={self.silence}&timeout={self.patience}"
        path = f"/quiet?after={update_id}&calls={after_call}&{rest}"
        if not (await self.request("GET", path))["quiet"]:
            raise AssertionError(f"the bot has not dealt with update {update_id} within {self.patience:g} s")

    async def person(
        self,
        first_name: str,
        *,
        id: int | None = None,
        language: str = "en",
        last_name: str = "",
        username: str = "",
    ) -> Person:
        """A person, new unless the id is known."""
        from sandbox.persons import Person

        body: Json = {"first_name": first_name, "language_code": language}
        for name, value in (("id", id), ("last_name", last_name), ("username", username)):
            if value:
                body[name] = value
        user = await self.request("POST", "/users", body)
        return Person(self, int(user["id"]), str(user["first_name"]))

    async def group(
        self, title: str, creator: Person, *members: Person, bot: bool = True, kind: str = "group"
    ) -> int:
        """A new group with these people (and the bot); returns its id. `person.at(id)` is a person in it."""
        everybody: list[Any] = [member.id for member in members] + (["bot"] if bot else [])
        body = {"title": title, "creator": creator.id, "members": everybody, "type": kind}
        return int((await self.request("POST", "/chats", body))["id"])

    async def promote(self, chat: int, user: Person | None = None, status: str = "administrator") -> None:
        """Makes somebody (the bot if nobody is named) an administrator, or a member again."""
        await self.request(
            "POST", f"/chats/{chat}/promote", {"user": user.id if user else "bot", "status": status}
        )

    async def migrate(self, chat: int) -> int:
        """The group becomes a supergroup; returns the new id."""
        return int((await self.request("POST", f"/chats/{chat}/migrate"))["id"])

    async def calls(self, method: str = "", *, after: int = 0, chat_id: int | None = None) -> list[Json]:
        """The bot's calls (the first 1,000 after that one), oldest first, polls left out."""
        chat = f"&chat_id={chat_id}" if chat_id is not None else ""
        answer = await self.request("GET", f"/calls?limit=1000&after={after}&method={method}{chat}")
        found: list[Json] = answer["calls"]
        return found

    async def fault(self, kind: str, method: str = "", **wish: Any) -> int:
        """Asks for a fault (docs/sandbox.md lists them); returns its id."""
        return int((await self.request("POST", "/faults", {"kind": kind, "method": method, **wish}))["id"])

    async def faults(self) -> list[Json]:
        """The faults that have not struck yet."""
        waiting: list[Json] = (await self.request("GET", "/faults"))["faults"]
        return waiting

    async def clear_faults(self) -> None:
        await self.request("DELETE", "/faults")

    async def advance(self, seconds: float) -> None:
        """Moves the sandbox's clock."""
        await self.request("POST", "/clock", {"advance": seconds})

    async def repeat(self, update_id: int) -> None:
        """Delivers an update once more."""
        await self.request("POST", f"/updates/{update_id}/repeat")

    async def bot_settings(self, **settings: bool) -> None:
        """What one sets with BotFather: `can_read_all_group_messages`, `supports_inline_queries`, ..."""
        await self.request("POST", "/bot", settings)

    async def mails(self, to: str = "", *, after: int = 0, wait: float = 0.0) -> list[Json]:
        """The mails to that address, oldest first; waits for the first one if there is none."""
        answer = await self.request("GET", f"/mail?to={to}&after={after}&wait={wait}")
        found: list[Json] = answer["mails"]
        return found
