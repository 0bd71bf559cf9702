"""sendPhoto, sendDocument, getFile and the download."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from PIL import Image

from sandbox import inputs
from sandbox.errors import ApiError
from sandbox.files import MAX_DOWNLOAD, photo_dimensions
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from tests.sandbox.conftest import Bot, Json


def picture(width: int = 60, height: int = 90, kind: str = "JPEG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height)).save(out, kind)
    return out.getvalue()


async def download(bot: Bot, path: str) -> tuple[int, bytes]:
    async with bot.http.get(f"{bot.sandbox.url}/file/bot{bot.sandbox.token}/{path}") as response:
        return response.status, await response.read()


async def test_an_uploaded_photo_has_its_sizes_the_largest_last(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#photosize; core.telegram.org/api/files: boxes of 90 (here), 320, 800, 1280 pixels."""
    message = await bot.form("sendPhoto", {"chat_id": ann.id, "photo": picture(2000, 1000), "caption": "c"})
    assert [(size["width"], size["height"]) for size in message["photo"]] == [
        (90, 45),
        (320, 160),
        (800, 400),
        (1280, 640),
    ]
    assert message["caption"] == "c"
    assert len({size["file_id"] for size in message["photo"]}) == 4


async def test_a_photo_can_be_sent_again_by_its_id(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#sending-files: pass the file_id; the file's unique id stays the same."""
    first = await bot.form("sendPhoto", {"chat_id": ann.id, "photo": picture()})
    again = await bot("sendPhoto", chat_id=ann.id, photo=first["photo"][-1]["file_id"])
    assert again["photo"] == first["photo"]
    attached = await bot.form("sendPhoto", {"chat_id": ann.id, "photo": "attach://cover", "cover": picture()})
    assert attached["photo"][-1]["file_unique_id"] == first["photo"][-1]["file_unique_id"]


@pytest.mark.parametrize(
    ("method", "params", "error"),
    [
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendDocument", {}, "there is no document in the request"),
        (
            "sendPhoto",
            {"photo": "AgAC!"},
            "wrong remote file identifier specified: Wrong character in the string",
        ),
        ("sendPhoto", {"photo": "AgACA"}, "wrong remote file identifier specified: Wrong string length"),
        (
            "sendPhoto",
            {"photo": "AgACAgIA"},
            "wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
        ),
        ("sendPhoto", {"photo": "AgAE"}, "wrong file identifier/HTTP URL specified"),
        (
            "sendPhoto",
            {"photo": "gopher://a.b/"},
            "invalid file HTTP URL specified: Unsupported URL protocol",
        ),
        ("sendPhoto", {"photo": "http://127.0.0.1:1/x.jpg"}, "failed to get HTTP URL content"),
    ],
)
async def test_wrong_files_are_refused(bot: Bot, ann: Person, method: str, params: Json, error: str) -> None:
    """telegram-bot-api Client.cpp process_send_photo_query; td FileManager.cpp from_persistent_id; MEDIA_EMPTY in
    process_send_message_fail_error; WEBPAGE_CURL_FAILED in fail_query_with_error."""
    assert await bot.refusal(method, chat_id=ann.id, **params) == f"Bad Request: {error}"


async def test_a_file_keeps_its_kind(bot: Bot, ann: Person) -> None:
    """td FileManager.cpp check_input_file_id: "Can't use file of type … as …"."""
    photo = await bot.form("sendPhoto", {"chat_id": ann.id, "photo": picture()})
    document = await bot.form("sendDocument", {"chat_id": ann.id, "document": b"x,y"})
    photo_id, document_id = photo["photo"][-1]["file_id"], document["document"]["file_id"]
    assert await bot.refusal("sendDocument", chat_id=ann.id, document=photo_id) == (
        "Bad Request: can't use file of type Photo as Document"
    )
    assert await bot.refusal("sendPhoto", chat_id=ann.id, photo=document_id) == (
        "Bad Request: can't use file of type Document as Photo"
    )


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"hello", "IMAGE_PROCESS_FAILED"),
        (picture()[:200], "IMAGE_PROCESS_FAILED"),
        (picture(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (picture(9000, 1001, "PNG", "1"), "PHOTO_INVALID_DIMENSIONS"),
        (b"\xff\xd8\xff" + b"0" * (10 << 20), "file is too big"),
    ],
)
def test_what_is_no_photo_is_refused(data: bytes, error: str) -> None:
    """core.telegram.org/bots/api#sendphoto: 10 MB, width and height together at most 10000, ratio at most 20."""
    with pytest.raises(ApiError) as refused:
        photo_dimensions(data)
    assert refused.value.description == f"Bad Request: {error}"


async def test_a_caption_has_1024_characters(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#sendphoto: 0-1024 characters after entities parsing; td MessageContent.cpp."""
    fields = {"chat_id": ann.id, "photo": picture(), "parse_mode": "HTML"}
    assert (await bot.form("sendPhoto", {**fields, "caption": f"<b>{'x' * 1024}</b>"}))[
        "caption"
    ] == "x" * 1024
    first = await bot.form("sendPhoto", fields)
    refusal = await bot.refusal(
        "sendPhoto", chat_id=ann.id, photo=first["photo"][0]["file_id"], caption="x" * 1025
    )
    assert refusal == "Bad Request: message caption is too long"


async def test_a_file_is_downloaded_by_its_path(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#getfile: https://api.telegram.org/file/bot<token>/<file_path>."""
    message = await bot.form("sendDocument", {"chat_id": ann.id, "document": b"a,b\n1,2"})
    document = message["document"]
    assert (document["file_name"], document["file_size"]) == ("document", 7)
    file = await bot("getFile", file_id=document["file_id"])
    assert file["file_unique_id"] == document["file_unique_id"]
    assert await download(bot, file["file_path"]) == (200, b"a,b\n1,2")
    assert (await download(bot, "documents/none"))[0] == 404
    photo = await bot.form("sendPhoto", {"chat_id": ann.id, "photo": picture(1000, 500)})
    small = await bot("getFile", file_id=photo["photo"][0]["file_id"])
    status, data = await download(bot, small["file_path"])
    assert status == 200
    assert Image.open(io.BytesIO(data)).size == (90, 45)


@pytest.mark.parametrize(("file_id", "error"), [("", "file_id not specified"), ("AgAE", "invalid file_id")])
async def test_get_file_refuses_unknown_files(bot: Bot, file_id: str, error: str) -> None:
    """telegram-bot-api Client.cpp check_remote_file_id, TdOnCheckRemoteFileIdCallback."""
    assert await bot.refusal("getFile", file_id=file_id) == f"Bad Request: {error}"


async def test_a_file_over_20_mb_cannot_be_downloaded(bot: Bot, sandbox: Sandbox, ann: Person) -> None:
    """core.telegram.org/bots/api#getfile: "bots can download files of up to 20MB in size"; Client.cpp do_get_file."""
    sent = await ann.sends_document(b"x" * (MAX_DOWNLOAD + 1))
    refusal = await bot.refusal("getFile", file_id=sent["document"]["file_id"])
    assert refusal == "Bad Request: file is too big"


async def test_people_s_photos_and_documents_reach_the_bot(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#message: photo, document, caption."""
    await ann.sends_photo(picture(), caption="this one")
    await ann.sends_document(b"isbn\n9780000000002", "books.csv")
    start, photo, document = (update["message"] for update in await bot.updates())
    assert start["text"] == "/start"
    assert photo["caption"] == "this one"
    file = await bot("getFile", file_id=photo["photo"][-1]["file_id"])
    assert (await download(bot, file["file_path"]))[1] == picture()
    assert document["document"]["file_name"] == "books.csv"
    assert await ann.picture(document["document"] and ann.messages[-1]) == b"isbn\n9780000000002"


async def test_anything_else_reaches_the_bot_too(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#message: sticker, location, contact, voice."""
    await ann.sends_sticker("🎉")
    await ann.sends_location()
    await ann.sends_contact("+491701234567")
    await ann.sends_voice()
    messages = [update["message"] for update in await bot.updates()][1:]
    assert messages[0]["sticker"]["emoji"] == "🎉"
    assert messages[1]["location"]["latitude"] == 52.52
    assert messages[2]["contact"] == {"first_name": "Ann", "phone_number": "+491701234567"}
    assert messages[3]["voice"]["duration"] == 3


@pytest.fixture
async def web_address() -> AsyncIterator[str]:
    async def cover(request: web.Request) -> web.Response:
        return web.Response(body=picture(), content_type="image/jpeg")

    async def words(request: web.Request) -> web.Response:
        return web.Response(text="hello")

    app = web.Application()
    app.router.add_get("/cover.jpg", cover)
    app.router.add_get("/words.txt", words)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_photo_can_be_named_by_its_address(bot: Bot, ann: Person, web_address: str) -> None:
    """core.telegram.org/bots/api#sending-files: by HTTP URL; no picture there: WEBPAGE_MEDIA_EMPTY's words."""
    assert (await bot("sendPhoto", chat_id=ann.id, photo=f"{web_address}/cover.jpg"))["photo"]
    refusal = await bot.refusal("sendPhoto", chat_id=ann.id, photo=f"{web_address}/words.txt")
    assert refusal == "Bad Request: wrong type of the web page content"
    document = await bot("sendDocument", chat_id=ann.id, document=f"{web_address}/words.txt")
    assert document["document"]["file_name"] == "words.txt"
    assert await bot.refusal("sendPhoto", chat_id=ann.id, photo=f"{web_address}/none.jpg") == (
        "Bad Request: failed to get HTTP URL content"
    )


async def test_a_photo_by_address_has_5_mb(
    bot: Bot, ann: Person, web_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """core.telegram.org/bots/api#sending-files: "5 MB max size for photos and 20 MB max for other types of content"."""
    assert inputs.MAX_PHOTO_BY_ADDRESS == 5 << 20
    monkeypatch.setattr(inputs, "MAX_PHOTO_BY_ADDRESS", 100)
    refusal = await bot.refusal("sendPhoto", chat_id=ann.id, photo=f"{web_address}/cover.jpg")
    assert refusal == "Bad Request: wrong type of the web page content"
