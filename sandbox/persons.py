"""A person at their phone: what they do and what they see (see `sandbox.client`)."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import aiohttp

from sandbox.client import SandboxClient
from sandbox.model import Json
from sandbox.reading import plain, rows_of, shown_text, transcript_text

READ_AT_ONCE = 60


@dataclass(frozen=True)
class Button:
    """A callback button as it was once seen; it can be pressed later, when it is out of date."""

    message_id: int
    label: str
    data: str


class Person:
    """Somebody in one chat: the private chat with the bot, or `at(group)`."""

    def __init__(self, client: SandboxClient, user_id: int, name: str, chat: int | None = None) -> None:
        self.client = client
        self.id = user_id
        self.name = name
        self.chat = user_id if chat is None else chat
        self.messages: list[Json] = []
        """The newest messages of the chat, oldest first, as they were after the last action."""
        self.news: list[Json] = []
        """Those that came or changed since the last action began."""
        self.keyboard: Json | None = None
        """The reply keyboard that shows."""
        self.toast: str = ""
        """The text that answered the last tap, as a toast or an alert."""
        self.alerted = False
        """The last tap was answered by an alert."""
        self.opened: str = ""
        """The address that the last tap opened."""

    def at(self, chat: int) -> Person:
        """The same person in another chat."""
        return Person(self.client, self.id, self.name, chat)

    # What the person does

    async def types(self, text: str, *, reply_to: int = 0) -> Json:
        """Sends a text."""
        return await self._sends({"text": text, "reply_to": reply_to})

    async def starts(self, payload: str = "") -> Json:
        """Presses Start, or opens a deep link."""
        return await self._acts("POST", f"/users/{self.id}/start", {"payload": payload})

    async def sends_sticker(self, emoji: str = "👍", *, reply_to: int = 0) -> Json:
        return await self._sends({"sticker": emoji, "reply_to": reply_to})

    async def sends_location(self, latitude: float = 52.52, longitude: float = 13.405) -> Json:
        return await self._sends({"location": {"latitude": latitude, "longitude": longitude}})

    async def sends_contact(self, phone_number: str) -> Json:
        return await self._sends({"contact": {"phone_number": phone_number}})

    async def sends_voice(self, seconds: int = 3) -> Json:
        return await self._sends({"voice": seconds})

    async def sends_photo(self, data: bytes, caption: str = "", *, reply_to: int = 0) -> Json:
        """Sends a picture (JPEG, PNG or WebP)."""
        return await self._uploads("photo", data, "photo.jpg", caption, reply_to)

    async def sends_document(self, data: bytes, name: str = "file.bin", caption: str = "") -> Json:
        return await self._uploads("document", data, name, caption)

    async def edits(self, message_id: int, text: str) -> Json:
        return await self._acts(
            "POST", f"/chats/{self.chat}/messages/{message_id}/edit", {"user": self.id, "text": text}
        )

    async def deletes(self, message_id: int) -> None:
        await self.client.request("DELETE", f"/chats/{self.chat}/messages/{message_id}?user={self.id}")
        await self.looks()

    async def blocks(self) -> None:
        """Blocks the bot."""
        await self._acts("POST", f"/users/{self.id}/block", {})

    async def unblocks(self) -> None:
        await self._acts("POST", f"/users/{self.id}/unblock", {})

    async def taps(self, label: str, *, times: int = 1) -> None:
        """Presses the button with that label: the exact one, else the only one that contains it, in the newest message
        that has it; else a key of the reply keyboard. Every tap must be answered by the bot. `times` are at once."""
        await self.looks()
        message, button = self._find(label)
        if message is None:
            await self.types(button["text"])
            return
        rows = rows_of(message)
        row = next(i for i, one in enumerate(rows) if button in one)
        place = {"row": row, "column": rows[row].index(button)}
        await self._taps(int(message["message_id"]), place, label, times)

    async def presses(self, button: Button, *, times: int = 1) -> None:
        """Presses a button that was seen earlier, whatever became of its message."""
        await self._taps(button.message_id, {"data": button.data, "stale": True}, button.label, times)

    async def pays(self, **wish: Any) -> Json:
        """Pays the newest invoice; returns the payment. `wish`: delivery, bank_delay, tip, order_info."""
        return await self._pays("paid", wish)

    async def declines(self, **wish: Any) -> Json:
        """Pays, and the bank refuses after the bot has approved."""
        return await self._pays("declined", wish)

    async def asks_inline(self, query: str, *, offset: str = "") -> Json:
        """Types `@bot query` and waits for the results."""
        body = {
            "user": self.id,
            "query": query,
            "offset": offset,
            "chat": self.chat,
            "wait": self.client.patience,
        }
        answer = await self.client.request("POST", "/inline", body)
        assert answer["state"] == "answered", f"the bot did not answer the inline query {query!r}"
        return answer

    async def chooses(self, inline: Json, result_id: str) -> Json:
        """Sends one of the results into this chat."""
        return await self._acts(
            "POST", f"/inline/{inline['id']}/choose", {"result_id": result_id, "chat": self.chat}
        )

    # What the person sees

    async def looks(self) -> None:
        """Reads the chat as it is now."""
        path = f"/chats/{self.chat}/messages?user={self.id}&limit={READ_AT_ONCE}"
        known = {one["message_id"]: one["version"] for one in self.messages}
        answer = await self.client.request("GET", path)
        self.messages, self.keyboard = answer["messages"], answer["keyboard"]
        self.news = [one for one in self.messages if known.get(one["message_id"]) != one["version"]]

    @property
    def last(self) -> Json:
        """The newest message that is not the person's own."""
        for message in reversed(self.messages):
            if not message["mine"]:
                return message
        raise AssertionError(f"nobody wrote to {self.name}{self._chat_text()}")

    @property
    def screen(self) -> str:
        """What the last action brought: new and changed messages, or else the newest one, and the toast."""
        seen = [one for one in self.news if not one["mine"]] or [
            one for one in self.messages[-1:] if not one["mine"]
        ]
        return "\n".join([*(shown_text(one) for one in seen), self.toast])

    def sees(self, *texts: str) -> None:
        """Each text stands in what the last action brought (`screen`): texts, captions, buttons, the toast."""
        for text in texts:
            assert plain(text) in self.screen, f"{self.name} does not see {text!r}{self._chat_text()}"

    def does_not_see(self, *texts: str) -> None:
        """None of the texts stands in what the last action brought."""
        for text in texts:
            assert plain(text) not in self.screen, f"{self.name} sees {text!r}{self._chat_text()}"

    async def waits_for(self, text: str, timeout: float = 5.0) -> Json:
        """Waits until a message of the chat that is not the person's own shows that text; returns it."""
        await self.looks()
        path = f"/chats/{self.chat}/await"
        body = {"user": self.id, "text": plain(text), "wait": timeout}
        found = (await self.client.request("POST", path, body))["message"]
        await self.looks()
        assert found is not None, f"{self.name} waits {timeout:g} s in vain for {text!r}{self._chat_text()}"
        self.news = [one for one in self.messages if one["message_id"] == found["message_id"]] or [found]
        answer: Json = found
        return answer

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of the newest message that has inline buttons, row by row."""
        for message in reversed(self.messages):
            if rows_of(message):
                return [[plain(button["text"]) for button in row] for row in rows_of(message)]
        return []

    def button(self, label: str) -> Button:
        """The callback button with that label, to be pressed later."""
        message, button = self._find(label)
        if message is None or "callback_data" not in button:
            raise AssertionError(f"{label!r} is no callback button{self._chat_text()}")
        return Button(int(message["message_id"]), str(button["text"]), str(button["callback_data"]))

    async def picture(self, message: Json | None = None) -> bytes:
        """The bytes of a message's photo or document (the newest message's if none is named)."""
        message = self.last if message is None else message
        file = message["photo"][-1] if "photo" in message else message["document"]
        async with aiohttp.ClientSession() as http, http.get(self.client.url + file["url"]) as response:
            return await response.read()

    def transcript(self) -> str:
        """The chat as text, for people who read a failed test."""
        return transcript_text(self.messages, self.keyboard)

    # How

    def _chat_text(self) -> str:
        toast = f"\n(toast) {self.toast}" if self.toast else ""
        return f"; the chat:\n{self.transcript()}{toast}"

    def _find(self, label: str) -> tuple[Json | None, Json]:
        wanted = plain(label)
        for message in reversed(self.messages):
            buttons = [button for row in rows_of(message) for button in row]
            exact = [button for button in buttons if plain(button["text"]) == wanted]
            near = exact or [button for button in buttons if wanted in plain(button["text"])]
            if near:
                assert len(near) == 1 or exact, (
                    f"{label!r} may be any of {[one['text'] for one in near]}{self._chat_text()}"
                )
                return message, near[0]
        keys = [key for row in (self.keyboard or {}).get("keyboard", []) for key in row]
        for key in [one for one in keys if plain(one["text"]) == wanted] or [
            one for one in keys if wanted in plain(one["text"])
        ]:
            return None, key
        raise AssertionError(f"{self.name} finds no button {label!r}{self._chat_text()}")

    async def _sends(self, body: Json) -> Json:
        return await self._acts("POST", f"/chats/{self.chat}/messages", {"user": self.id, **body})

    async def _uploads(self, kind: str, data: bytes, name: str, caption: str, reply_to: int = 0) -> Json:
        form = aiohttp.FormData({"user": str(self.id), "caption": caption, "reply_to": str(reply_to)})
        form.add_field(kind, io.BytesIO(data), filename=name)
        return await self._acts("POST", f"/chats/{self.chat}/messages", None, form=form)

    async def _acts(
        self, verb: str, path: str, body: Json | None, form: aiohttp.FormData | None = None
    ) -> Json:
        calls = await self.client.last_call()
        self.toast, self.alerted, self.opened = "", False, ""
        answer = await self.client.request(verb, path, body, form=form)
        await self.client.settle(int(answer.get("update_id", 0)), calls)
        await self.looks()
        return answer

    async def _taps(self, message_id: int, place: Json, label: str, times: int) -> None:
        calls = await self.client.last_call()
        self.toast, self.alerted, self.opened = "", False, ""
        path = f"/chats/{self.chat}/messages/{message_id}/tap"
        taps = [
            await self.client.request("POST", path, {"user": self.id, "follow": True, **place})
            for _ in range(times)
        ]
        await self.client.settle(max(int(tap.get("update_id", 0)) for tap in taps), calls)
        for tap in taps:
            if tap["kind"] == "callback":
                await self._hears(str(tap["id"]), label)
            else:
                self.opened = str(tap.get("url", ""))
        await self.looks()

    async def _hears(self, callback_id: str, label: str) -> None:
        state = await self.client.request("GET", f"/callbacks/{callback_id}?wait={self.client.patience}")
        assert state["state"] == "answered", f"the bot never answered the tap on {label!r}{self._chat_text()}"
        answer = state["answer"]
        self.toast = self.toast or plain(str(answer.get("text", "")))
        self.alerted = self.alerted or bool(answer.get("show_alert"))
        self.opened = self.opened or str(answer.get("url", ""))

    async def _pays(self, outcome: str, wish: Json) -> Json:
        await self.looks()
        invoice = next((one for one in reversed(self.messages) if "invoice" in one), None)
        assert invoice is not None, f"{self.name} has no invoice to pay{self._chat_text()}"
        body = {"user": self.id, "outcome": outcome, "wait": self.client.patience + 10, **wish}
        return await self._acts("POST", f"/chats/{self.chat}/messages/{invoice['message_id']}/pay", body)
