"""The composition root: everything is built here, with plain constructors, and nowhere else."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import structlog
import telegram
from aiohttp import web
from telegram.ext import ExtBot

from bot.asides import Asides
from bot.commands import register_commands
from bot.conversations.staff import StaffConversation
from bot.intake import Intake
from bot.jobs import Housekeeping, Job, run_jobs
from bot.pictures import Pictures
from bot.polling import ALLOWED_UPDATES, Poller
from bot.presenter import Presenter
from bot.recorder import Recorder
from bot.relay import Relay
from bot.router import Router
from bot.settings import Settings, SettingsError
from bot.texts import Texts
from bot.transport import AiohttpRequest, FloodWait
from bot.turn import Turns
from bot.web import application
from catalogue.covers import draw_cover
from catalogue.qr import pickup_picture
from domain.ids import ChatId
from domain.ports.clock import Clock, Ids
from domain.ports.identity import CodeHasher, Mailer, Tokens
from domain.services.desk import Desk
from identity.clock import SecretIds, SystemClock
from identity.codes import HmacCodes
from identity.mail import NoMailer, SmtpMailer, SmtpSettings
from identity.passwords import Argon2Hasher
from identity.tokens import JwtTokens
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork

log = structlog.get_logger("bot.app")

_MAX_DOWNLOAD = 20 * 1024 * 1024  # Bot API, getFile
