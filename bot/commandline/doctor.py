"""``python -m bot doctor``: does everything fit together, and what is to be done about what does not."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import telegram
from rich.console import Console
from rich.table import Table
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.adapters import mailer_of
from bot.app import building
from bot.commandline import hearing
from bot.commandline.doctor_covers import covers
from bot.commandline.doctor_machine import clock, machine
from bot.commandline.doctor_money import keys, money
from bot.commandline.findings import Finding, Verdict
from bot.settings import PREFIX, Settings, SettingsError, load
from domain.errors import PassingFailure
from domain.ports.unit_of_work import UnitOfWork
from identity.mail import SmtpMailer
from storage.engine import Database
from storage.migrate import revisions, state_of
from storage.unit_of_work import SqlUnitOfWork


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("doctor", help="check that everything fits together, and say what to do")
    parser.set_defaults(do=do)


def do(options: argparse.Namespace) -> int:
    settings = load()
    findings = asyncio.run(examine(settings))
    table = Table(show_header=False, box=None, pad_edge=False)
    for finding in findings:
        table.add_row(finding.verdict.value, finding.subject, finding.says)
        if finding.do:
            table.add_row("", "", f"[bold]→ {finding.do}[/bold]")
    Console(highlight=False).print(table)
    return 1 if any(finding.verdict is Verdict.BAD for finding in findings) else 0


async def examine(settings: Settings) -> list[Finding]:
    """Look at everything; one thing that is wrong does not keep the others from being looked at."""
    findings = [*_settings(settings), *hearing.payments(settings)]
    findings += await _guarded("listening", lambda: hearing.place(settings))
    findings += await _guarded("database", lambda: _database(settings))
    findings += await _guarded("Telegram", lambda: _telegram(settings))
    findings += await _guarded("mail", lambda: _mail(settings))
    findings += await _guarded("keys", lambda: keys(settings))
    findings += await _guarded("clock", lambda: clock(settings))
    findings += await _guarded("machine", lambda: machine(settings))
    return findings


async def _guarded(subject: str, look: Callable[[], Awaitable[list[Finding]]]) -> list[Finding]:
    try:
        return await look()
    except SettingsError as error:
        return [Finding(subject, Verdict.BAD, str(error))]
    except Exception as error:
        return [Finding(subject, Verdict.BAD, f"could not be looked at: {type(error).__name__}")]


def _settings(settings: Settings) -> list[Finding]:
    found = []
    if not settings.shop_address:
        found.append(
            Finding(
                "shop",
                Verdict.NOTE,
                "has no address",
                f"set {PREFIX}SHOP_ADDRESS: customers read where to pick up",
            )
        )
    if not (settings.shop_email or settings.shop_phone or settings.shop_telegram):
        found.append(
            Finding(
                "shop",
                Verdict.NOTE,
                "cannot be reached by customers",
                f"set {PREFIX}SHOP_EMAIL or {PREFIX}SHOP_PHONE",
            )
        )
    return found


async def _database(settings: Settings) -> list[Finding]:
    try:
        state = await state_of(settings.database)
    except PassingFailure as error:
        do = f"is it running, and is {PREFIX}DATABASE right?"
        return [Finding("database", Verdict.BAD, f"does not answer ({error})", do)]
    if state.current is None:
        return [Finding("database", Verdict.BAD, "has no tables yet", "python -m bot migrate")]
    if state.current not in revisions():
        return [
            Finding(
                "database",
                Verdict.BAD,
                f"is at {state.current}, which this program does not know: a newer one was here",
                "update the program, or restore a back-up from before",
            )
        ]
    if not state.up_to_date:
        return [
            Finding(
                "database",
                Verdict.BAD,
                f"is at {state.current}, not {state.newest}",
                "python -m bot migrate",
            )
        ]
    found = [Finding("database", Verdict.GOOD, f"is at {state.newest}")]
    database = Database(settings.database)
    try:
        unit_of_work = SqlUnitOfWork(database)
        found += await _kept(unit_of_work)
        found += await money(unit_of_work)
        found += await covers(settings, unit_of_work)
    finally:
        await database.close()
    return found


async def _kept(unit_of_work: UnitOfWork) -> list[Finding]:
    async with unit_of_work.reading() as look:
        waiting = await look.outbox.undelivered(20)
        failures = await look.inbox.failures(20)
    found = []
    if waiting:
        kinds = ", ".join(sorted({f"{item.message.kind} ({why})" for item, why in waiting}))
        found.append(
            Finding(
                "messages",
                Verdict.BAD,
                f"{len(waiting)} not delivered: {kinds}",
                "see what the reasons say; the rest waits and is tried again",
            )
        )
    else:
        found.append(Finding("messages", Verdict.GOOD, "all delivered"))
    if failures:
        last = failures[0]
        found.append(
            Finding(
                "updates",
                Verdict.NOTE,
                f"{len(failures)} failed; the last with {last[1]} at {last[3]:%Y-%m-%d %H:%M} UTC",
                "the log has it under its update id: " + str(last[0]),
            )
        )
    return found


async def _telegram(settings: Settings) -> list[Finding]:
    try:
        async with building(settings) as app:
            found = [Finding("token", Verdict.GOOD, f"is @{app.bot.username}'s")]
            found += await _webhook(app.bot, settings)
            # What is wrong with the database is told of the database.
            with contextlib.suppress(PassingFailure):
                if (await state_of(settings.database)).up_to_date:
                    found += await _staff_chat(app.bot, app.unit_of_work)
            return found
    except InvalidToken:
        return [
            Finding(
                "token",
                Verdict.BAD,
                "Telegram does not know it",
                f"copy it anew from @BotFather into {PREFIX}TOKEN",
            )
        ]
    except TelegramError as error:
        return [
            Finding(
                "Telegram",
                Verdict.BAD,
                f"cannot be reached: {type(error).__name__}",
                "check the network, and that api.telegram.org is not blocked",
            )
        ]


async def _webhook(bot: telegram.Bot, settings: Settings) -> list[Finding]:
    info = await bot.get_webhook_info()
    wanted = f"{settings.webhook_url}/telegram" if settings.webhook_url else ""
    if info.url != wanted and info.url:
        return [
            Finding("webhook", Verdict.NOTE, "is set elsewhere", "the next `python -m bot run` puts it right")
        ]
    if info.last_error_message and wanted:
        return [
            Finding(
                "webhook",
                Verdict.BAD,
                f"last failed with: {info.last_error_message}",
                f"check that {wanted} reaches this program",
            )
        ]
    return [Finding("updates", Verdict.GOOD, "by webhook" if wanted else "by long polling")]


async def _staff_chat(bot: telegram.Bot, unit_of_work: UnitOfWork) -> list[Finding]:
    async with unit_of_work.reading() as look:
        chat = await look.staff.chat()
    if chat is None:
        return [Finding("staff", Verdict.BAD, "no group gets the orders", "python -m bot staff link")]
    try:
        member = await bot.get_chat_member(chat.chat_id, bot.id)
    except (BadRequest, Forbidden) as error:
        return [
            Finding(
                "staff",
                Verdict.BAD,
                f"the group “{chat.title}” cannot be reached: {error.message}",
                "add the bot to it again, or link another: python -m bot staff link",
            )
        ]
    if member.status in ("left", "kicked"):
        return [Finding("staff", Verdict.BAD, f"the bot is not in “{chat.title}” any more", "add it again")]
    if isinstance(member, telegram.ChatMemberRestricted) and not member.can_send_messages:
        return [
            Finding(
                "staff", Verdict.BAD, f"the bot may not write in “{chat.title}”", "let it send messages there"
            )
        ]
    found = [Finding("staff", Verdict.GOOD, f"“{chat.title}” gets the orders")]
    if member.status != "administrator" and not bot.can_read_all_group_messages:
        found.append(
            Finding(
                "staff",
                Verdict.NOTE,
                "the bot is no admin there: Telegram's privacy mode hides ordinary messages from it (buttons and commands work)",
                "make it an admin if staff are to send it catalogue files",
            )
        )
    return found


async def _mail(settings: Settings) -> list[Finding]:
    if not settings.smtp_host:
        return [
            Finding(
                "mail",
                Verdict.NOTE,
                "not set: addresses are not confirmed, forgotten passwords not reset",
                f"set {PREFIX}SMTP_HOST and {PREFIX}MAIL_FROM",
            )
        ]
    mailer = mailer_of(settings)
    wrong = await mailer.check() if isinstance(mailer, SmtpMailer) else None
    if wrong:
        return [
            Finding(
                "mail", Verdict.BAD, wrong, f"check {PREFIX}SMTP_HOST, _PORT, _SECURITY, _USER and _PASSWORD"
            )
        ]
    return [Finding("mail", Verdict.GOOD, f"{settings.smtp_host} takes mail")]
