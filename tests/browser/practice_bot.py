"""A small bot that shows everything a chat can show, over the Bot API's plain HTTP: what the page is tested with."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
from PIL import Image

Json = dict[str, Any]

COMMANDS = [
    {"command": "start", "description": "Begin"},
    {"command": "photo", "description": "Show a photo"},
    {"command": "invoice", "description": "Pay for a book"},
]
ODD_TEXT = '<b>&" <img src=x onerror=alert(1)>'
BUTTONS = [
    [("Toast", "toast"), ("Alert", "alert")],
    [("Edit", "edit"), ("Slow", "slow"), ("Delete", "delete")],
]


def keyboard(rows: list[list[tuple[str, str]]]) -> Json:
    """An inline keyboard of callback buttons."""
    return {
        "inline_keyboard": [[{"text": text, "callback_data": data} for text, data in row] for row in rows]
    }


def picture(colour: str, width: int = 300, height: int = 200) -> bytes:
    """A PNG of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


class PracticeBot:
    """Answers texts by their first word and taps by their data; `release` lets the slow button be answered."""

    def __init__(self, url: str, token: str) -> None:
        self._api = f"{url}/bot{token}"
        self._offset = 0
        self._jobs: set[asyncio.Task[None]] = set()
        self.release = asyncio.Event()
        self.chats: list[int] = []
        """The chats that wrote to the bot, the newest last."""
        self.languages: list[str] = []
        """The languages of those who wrote."""
        self.taps: list[str] = []
        """The data of the buttons that were tapped."""
        self.refusal = ""
        """What a pre-checkout is refused with; empty: approved."""
        self.texts: dict[str, Callable[[Json, str], Awaitable[object]]] = {
            "/start": self.start,
            "/photo": self.photo,
            "/invoice": self.invoice,
            "/document": self.document,
            "/format": self.format,
            "/keyboard": self.keyboard,
            "/force": self.force,
            "/odd": self.odd,
            "/many": self.many,
            "/links": self.links,
            "/typing": self.typing,
        }

    @classmethod
    @asynccontextmanager
    async def running(cls, url: str, token: str) -> AsyncIterator[PracticeBot]:
        """Polls until the end of the block."""
        bot = cls(url, token)
        async with aiohttp.ClientSession() as bot._http:
            await bot.call("setMyCommands", commands=COMMANDS)
            await bot.call("setMyDescription", description="Shows what a chat can show.")
            polling = asyncio.create_task(bot._poll())
            try:
                yield bot
            finally:
                tasks = [polling, *bot._jobs]
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    _http: aiohttp.ClientSession

    async def call(self, method: str, **params: Any) -> Any:
        """One method of the Bot API; bytes are uploaded. A refusal is a RuntimeError with Telegram's description."""
        form = aiohttp.FormData()
        for name, value in params.items():
            if isinstance(value, bytes):
                form.add_field(name, value, filename=f"{name}.png")
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        async with self._http.post(f"{self._api}/{method}", data=form if params else None) as response:
            answer = await response.json()
        if not answer["ok"]:
            raise RuntimeError(answer["description"])
        return answer["result"]

    async def _poll(self) -> None:
        while True:
            updates: list[Json] = []
            with suppress(aiohttp.ClientError):
                updates = await self.call("getUpdates", offset=self._offset, timeout=20)
            if not updates:
                await asyncio.sleep(0.05)
            for update in updates:
                self._offset = update["update_id"] + 1
                job = asyncio.create_task(self._handle(update))
                self._jobs.add(job)
                job.add_done_callback(self._jobs.discard)

    async def _handle(self, update: Json) -> None:
        if message := update.get("message"):
            await self._message(message)
        elif query := update.get("callback_query"):
            await self._tap(query)
        elif asked := update.get("pre_checkout_query"):
            answer: Json = {"error_message": self.refusal} if self.refusal else {}
            await self.call(
                "answerPreCheckoutQuery", pre_checkout_query_id=asked["id"], ok=not self.refusal, **answer
            )
        elif inline := update.get("inline_query"):
            await self._inline(inline)

    async def _message(self, message: Json) -> None:
        chat, text = message["chat"], message.get("text", "")
        self.chats.append(chat["id"])
        self.languages.append(message["from"].get("language_code", ""))
        if "successful_payment" in message:
            await self.send(chat, "Thank you for your payment.")
        elif "photo" in message:
            size = message["photo"][-1]
            await self.send(
                chat, f"A photo, {size['width']} by {size['height']}: {message.get('caption', '')}"
            )
        elif "document" in message:
            await self.send(chat, f"A file: {message['document']['file_name']}")
        elif "sticker" in message:
            await self.send(chat, f"A sticker: {message['sticker']['emoji']}")
        elif text:
            word, _, rest = text.partition(" ")
            handler = self.texts.get(word.partition("@")[0])
            await (handler(message, rest) if handler else self.send(chat, f"You said: {text}"))

    async def send(self, chat: Json, text: str, **more: Any) -> Any:
        return await self.call("sendMessage", chat_id=chat["id"], text=text, **more)

    async def start(self, message: Json, payload: str) -> None:
        words = f"Hello {message['from']['first_name']}" + (f", you came with {payload}" if payload else "")
        await self.send(message["chat"], words, reply_markup=keyboard(BUTTONS))

    async def photo(self, message: Json, rest: str) -> None:
        await self.call(
            "sendPhoto",
            chat_id=message["chat"]["id"],
            photo=picture("#35506b"),
            caption=rest or "A blue photo",
            reply_markup=keyboard([[("Red", "red"), ("Rename", "rename")]]),
        )

    async def invoice(self, message: Json, rest: str) -> None:
        await self.call(
            "sendInvoice",
            chat_id=message["chat"]["id"],
            title="Order B-7K4Q",
            description="One book",
            payload="B-7K4Q",
            provider_token="1:TEST",
            currency=rest or "EUR",
            prices=[{"label": "The Dispossessed", "amount": 1090}, {"label": "Bag", "amount": 20}],
        )

    async def document(self, message: Json, _rest: str) -> None:
        await self.call(
            "sendDocument", chat_id=message["chat"]["id"], document=picture("#7a4a35"), caption="A file"
        )

    async def format(self, message: Json, _rest: str) -> None:
        html = (
            "<b>bold</b> <i>italic</i> <u>under</u> <s>struck</s> <tg-spoiler>secret</tg-spoiler> <code>code</code>"
            ' <a href="https://example.org/x">link</a>\n<blockquote>quoted</blockquote>\n<pre>block</pre>'
        )
        await self.send(message["chat"], html, parse_mode="HTML")

    async def keyboard(self, message: Json, _rest: str) -> None:
        markup = {
            "keyboard": [["Yes", "No"], ["Perhaps"]],
            "one_time_keyboard": True,
            "resize_keyboard": True,
        }
        await self.send(message["chat"], "Choose.", reply_markup=markup)

    async def force(self, message: Json, _rest: str) -> None:
        await self.send(message["chat"], "Your name, please.", reply_markup={"force_reply": True})

    async def odd(self, message: Json, _rest: str) -> None:
        await self.send(message["chat"], ODD_TEXT, reply_markup=keyboard([[(ODD_TEXT, "toast")]]))

    async def many(self, message: Json, rest: str) -> None:
        for number in range(int(rest or 30)):
            await self.send(message["chat"], f"Message {number}\nwith a second line")

    async def links(self, message: Json, _rest: str) -> None:
        name = (await self.call("getMe"))["username"]
        rows = [
            [{"text": "Deep link", "url": f"https://t.me/{name}?start=deep"}],
            [{"text": "Elsewhere", "url": "https://example.org/"}],
            [{"text": "Search here", "switch_inline_query_current_chat": "dune"}],
            [{"text": "Copy", "copy_text": {"text": "B-7K4Q"}}],
        ]
        await self.send(
            message["chat"], f"https://t.me/{name}?start=text", reply_markup={"inline_keyboard": rows}
        )

    async def typing(self, message: Json, _rest: str) -> None:
        await self.call("sendChatAction", chat_id=message["chat"]["id"], action="typing")

    async def _tap(self, query: Json) -> None:
        message, data = query["message"], query["data"]
        self.taps.append(data)
        place = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
        colours = keyboard([[("Red", "red"), ("Rename", "rename")]])
        answer: Json = {}
        if data == "toast":
            answer = {"text": "A toast"}
        elif data == "alert":
            answer = {"text": "An alert", "show_alert": True}
        elif data == "edit":
            await self.call(
                "editMessageText", **place, text="Edited in place", reply_markup=keyboard(BUTTONS)
            )
        elif data == "slow":
            await self.release.wait()
            answer = {"text": "At last"}
        elif data == "delete":
            await self.call("deleteMessage", **place)
        elif data == "rename":
            await self.call("editMessageCaption", **place, caption="A new caption", reply_markup=colours)
        elif data == "red":
            media = {"type": "photo", "media": "attach://red", "caption": "A red photo"}
            red = picture("#a03030", 200, 300)
            await self.call("editMessageMedia", **place, media=media, red=red, reply_markup=colours)
        await self.call("answerCallbackQuery", callback_query_id=query["id"], **answer)

    async def _inline(self, query: Json) -> None:
        results = [
            {
                "type": "article",
                "id": str(number),
                "title": f"{query['query']} {number}",
                "description": f"Result {number}",
                "input_message_content": {"message_text": f"Chosen: {query['query']} {number}"},
            }
            for number in (1, 2, 3)
        ]
        await self.call("answerInlineQuery", inline_query_id=query["id"], results=results, cache_time=0)
