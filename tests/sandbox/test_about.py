"""getMe, tokens, unknown methods, commands, menu button, names and descriptions."""

from __future__ import annotations

import io
from typing import Any

import aiohttp
import pytest

from sandbox.client import SandboxClient
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from tests.sandbox.conftest import Bot, Json


async def test_get_me_describes_the_bot(bot: Bot) -> None:
    """telegram-bot-api Client.cpp JsonUser with full_bot_info."""
    me = await bot("getMe")
    assert (me["id"], me["is_bot"], me["username"]) == (7000000001, True, "sandbox_bot")
    assert me["can_join_groups"] is True
    assert me["can_read_all_group_messages"] is False


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("bot7000000001:wrong/getMe", 401, "Unauthorized"),
        ("bot123/getMe", 401, "Unauthorized: invalid token specified"),
        ("bot0123:abc/getMe", 401, "Unauthorized: invalid token specified"),
        ("bot{token}/getNothing", 404, "Not Found: method not found"),
        (
            "bot{token}/answerShippingQuery",
            404,
            "Not Found: method not found",
        ),  # docs/sandbox.md: no shipping
        ("bot{token}/", 404, "Not Found: method not found"),
        ("file/bot{token}/photos/none.jpg", 404, "Not Found"),
        ("file/bot7000000001:wrong/photos/none.jpg", 401, "Unauthorized"),
    ],
)
async def test_wrong_tokens_and_methods(bot: Bot, path: str, status: int, description: str) -> None:
    """telegram-bot-api ClientManager.cpp send (tokens), Client.cpp on_cmd ("method not found"), HttpConnection.cpp."""
    async with bot.http.get(f"{bot.sandbox.url}/{path.format(token=bot.sandbox.token)}") as response:
        assert response.status == status
        assert await response.json() == {"ok": False, "error_code": status, "description": description}


def commands(*names: str) -> list[Json]:
    return [{"command": name, "description": f"does {name}"} for name in names]


async def shown(client: SandboxClient, person: Person, chat: int | None = None) -> list[str]:
    """The command menu that a person sees."""
    answer = await client.request("GET", f"/chats/{chat or person.id}?user={person.id}")
    return [one["command"] for one in answer["commands"]]


async def test_the_narrowest_list_of_commands_wins(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """core.telegram.org/bots/api#determining-list-of-commands: chat, all_private_chats, default; language before none."""
    await bot("setMyCommands", commands=commands("start"))
    assert await shown(telegram, ann) == ["start"]
    await bot("setMyCommands", commands=commands("search"), scope={"type": "all_private_chats"})
    await bot(
        "setMyCommands", commands=commands("suche"), scope={"type": "all_private_chats"}, language_code="de"
    )
    assert await shown(telegram, ann) == ["search"]
    hans = await telegram.person("Hans", language="de-DE")
    assert await shown(telegram, hans) == ["suche"]
    await bot("setMyCommands", commands=commands("mine"), scope={"type": "chat", "chat_id": ann.id})
    assert await shown(telegram, ann) == ["mine"]
    await bot("deleteMyCommands", scope={"type": "chat", "chat_id": ann.id})
    assert await shown(telegram, ann) == ["search"]
    assert await bot("getMyCommands") == commands("start")
    assert await bot("getMyCommands", language_code="fr") == []


async def test_groups_have_their_own_lists(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """The same: chat_member, chat_administrators, chat, all_chat_administrators, all_group_chats, default."""
    tom = await telegram.person("Tom")
    staff = await telegram.group("Staff", ann, tom)
    await bot("setMyCommands", commands=commands("start"))
    await bot("setMyCommands", commands=commands("orders"), scope={"type": "all_group_chats"})
    await bot("setMyCommands", commands=commands("admin"), scope={"type": "all_chat_administrators"})
    assert await shown(telegram, ann, staff) == ["admin"]
    assert await shown(telegram, tom, staff) == ["orders"]
    await bot(
        "setMyCommands",
        commands=commands("toms"),
        scope={"type": "chat_member", "chat_id": staff, "user_id": tom.id},
    )
    assert await shown(telegram, tom, staff) == ["toms"]


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"commands": "["}, "can't parse commands JSON object"),
        ({"commands": {}}, "expected an Array of BotCommand"),
        ({"commands": [1]}, "can't parse BotCommand: expected an Object"),
        ({"commands": [{"command": "x"}]}, "can't parse BotCommand: Can't find field \"description\""),
        ({"commands": [{"command": "/", "description": "x"}]}, "command must be non-empty"),
        ({"commands": [{"command": "x" * 33, "description": "x"}]}, "command length must not exceed 32"),
        ({"commands": [{"command": "x", "description": " "}]}, "command description must be non-empty"),
        (
            {"commands": [{"command": "x", "description": "x" * 257}]},
            "command description length must not exceed 256",
        ),
        ({"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": commands(*(f"c{number}" for number in range(101)))}, "BOT_COMMANDS_TOO_MUCH"),
        ({"scope": {"type": "moon"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"scope": {"type": "chat"}}, "can't parse BotCommandScope: Can't find field \"chat_id\""),
        ({"scope": {"type": "chat", "chat_id": 999}}, "chat not found"),
        (
            {"scope": {"type": "chat_member", "chat_id": 101, "user_id": 0}},
            "can't parse BotCommandScope: Invalid user_id specified",
        ),
        ({"language_code": "deu"}, "invalid language code specified"),
    ],
)
async def test_wrong_commands_are_refused(bot: Bot, ann: Person, params: Json, error: str) -> None:
    """telegram-bot-api Client.cpp get_bot_commands, get_bot_command_scope; td BotCommand.cpp set_commands; lower-case
    letters, digits and underscores, at most 100 (core.telegram.org/bots/api#botcommand)."""
    assert await bot.refusal("setMyCommands", **{"commands": [], **params}) == f"Bad Request: {error}"


async def test_the_menu_button_is_one_s_own_or_the_default(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    """core.telegram.org/bots/api#setchatmenubutton, #menubutton."""
    assert await bot("getChatMenuButton") == {"type": "commands"}
    app = {"type": "web_app", "text": "Open", "web_app": {"url": "https://example.org"}}
    assert await bot("setChatMenuButton", chat_id=ann.id, menu_button=app) is True
    assert (await bot("getChatMenuButton", chat_id=ann.id))["web_app"]["url"] == "https://example.org/"
    chat = await telegram.request("GET", f"/chats/{ann.id}?user={ann.id}")
    assert chat["menu_button"]["text"] == "Open"


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"menu_button": "["}, "can't parse menu button JSON object"),
        ({"menu_button": {"type": "moon"}}, "can't parse menu button: MenuButton has unsupported type"),
        (
            {"menu_button": {"type": "web_app", "text": "x", "web_app": {"url": "http://a.b"}}},
            "menu button Web App URL 'http://a.b' is invalid: Only HTTPS links are allowed",
        ),
        ({"chat_id": 999, "menu_button": {"type": "commands"}}, "user not found"),
    ],
)
async def test_wrong_menu_buttons_are_refused(bot: Bot, params: Json, error: str) -> None:
    """telegram-bot-api Client.cpp get_bot_menu_button, check_user; td BotMenuButton.cpp set_menu_button."""
    assert await bot.refusal("setChatMenuButton", **params) == f"Bad Request: {error}"


@pytest.mark.parametrize(
    ("what", "field", "limit"),
    [
        ("Name", "name", 64),
        ("Description", "description", 512),
        ("ShortDescription", "short_description", 120),
    ],
)
async def test_the_bot_s_texts_are_kept_by_language(bot: Bot, what: str, field: str, limit: int) -> None:
    """core.telegram.org/bots/api#setmyname (0-64), #setmydescription (0-512), #setmyshortdescription (0-120)."""
    await bot(f"setMy{what}", **{field: "The Corner Bookshop"})
    await bot(f"setMy{what}", **{field: "Der Buchladen"}, language_code="de")
    assert await bot(f"getMy{what}") == {field: "The Corner Bookshop"}
    assert await bot(f"getMy{what}", language_code="de") == {field: "Der Buchladen"}
    assert await bot(f"getMy{what}", language_code="fr") == {field: "The Corner Bookshop"}
    await bot(f"setMy{what}", language_code="de")
    assert await bot(f"getMy{what}", language_code="de") == {field: "The Corner Bookshop"}
    too_long: dict[str, Any] = {field: "x" * (limit + 1)}
    assert (await bot.refusal(f"setMy{what}", **too_long)).startswith("Bad Request: BOT_")


async def test_get_chat_describes_people_and_groups(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """core.telegram.org/bots/api#chatfullinfo; telegram-bot-api Client.cpp JsonChat with is_full."""
    chat = await bot("getChat", chat_id=ann.id)
    assert (chat["type"], chat["first_name"]) == ("private", "Ann")
    assert chat["accepted_gift_types"]
    staff = await telegram.group("Staff", ann)
    group = await bot("getChat", chat_id=staff)
    assert (group["type"], group["title"], group["permissions"]["can_send_messages"]) == (
        "group",
        "Staff",
        True,
    )


async def test_every_call_is_remembered(
    bot: Bot, sandbox: Sandbox, telegram: SandboxClient, ann: Person
) -> None:
    """docs/sandbox.md: /sandbox/calls lists method, parameters, files, status and answer, with paging."""
    await bot.says(ann, "hello", "Go")
    await bot.form("sendDocument", {"chat_id": ann.id, "document": b"abc"})
    await bot.refusal("sendMessage", chat_id=ann.id)
    sent, document, refused = await telegram.calls()
    assert (sent["method"], sent["status"], sent["params"]["reply_markup"]["inline_keyboard"][0][0]["text"]) == (
        "sendMessage", 200, "Go",
    )  # fmt: skip
    assert document["files"] == {
        "document": {"name": "document", "type": "application/octet-stream", "size": 3}
    }
    assert (refused["status"], refused["answer"]["description"]) == (
        400,
        "Bad Request: message text is empty",
    )
    assert [call["id"] for call in await telegram.calls("sendMessage", after=sent["id"])] == [refused["id"]]
    page = await telegram.request("GET", "/calls?limit=2")
    assert [call["id"] for call in page["calls"]] == [sent["id"], document["id"]]
    assert page["next"] == document["id"]


async def test_a_body_that_is_too_big_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """td HttpReader.cpp: 413 Request Entity Too Large; core.telegram.org/bots/api#sending-files: 50 MB."""
    monkeypatch.setattr("sandbox.sandbox.MAX_UPLOAD", 0)
    async with Sandbox.running() as sandbox, aiohttp.ClientSession() as http:
        data = io.BytesIO(b"x" * (2 << 20))
        async with http.post(
            f"{sandbox.url}/bot{sandbox.token}/sendDocument", data={"document": data}
        ) as response:
            assert response.status == 413
            assert (await response.json())["description"] == "Request Entity Too Large"


async def test_another_page_cannot_act_here(sandbox: Sandbox, bot: Bot) -> None:
    """Any web page can send requests to this machine; only the sandbox's own page is heard."""
    for origin, status in (("https://example.org", 403), (sandbox.url, 200)):
        async with bot.http.post(
            f"{sandbox.url}/sandbox/users/7/start", json={}, headers={"Origin": origin}
        ) as response:
            assert response.status == status


async def test_a_null_is_no_missing_value(bot: Bot, ann: Person) -> None:
    """td HttpReader.cpp parse_json_parameters: a value that is no string is its JSON text, so null is "null"."""
    refusal = await bot.refusal("sendMessage", chat_id=ann.id, text="x", reply_markup=None)
    assert refusal == "Bad Request: object expected as reply markup"
