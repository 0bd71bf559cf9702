"""The services and conversations of one shop, built with plain constructors. Adapters are handed in by `bot.app`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.actions import StartPayment
from bot.conversation import Conversation
from bot.conversations.account import AccountConversation
from bot.conversations.book import BookConversation
from bot.conversations.cart import CartConversation
from bot.conversations.checkout import CheckoutConversation
from bot.conversations.closing import ClosingConversation
from bot.conversations.doubts import DoubtsConversation
from bot.conversations.feeds import FeedsConversation
from bot.conversations.forgotten import ForgottenConversation
from bot.conversations.home import HomeConversation
from bot.conversations.info import InfoConversation
from bot.conversations.inline import InlineConversation
from bot.conversations.login import LoginConversation
from bot.conversations.my_data import MyDataConversation
from bot.conversations.orders import OrdersConversation
from bot.conversations.payment import PaymentConversation
from bot.conversations.photo import PhotoConversation
from bot.conversations.questions import QuestionsConversation
from bot.conversations.receipt import ReceiptConversation
from bot.conversations.registration import RegistrationConversation
from bot.conversations.search import SearchConversation
from bot.conversations.shelves import ShelvesConversation
from bot.conversations.staff import StaffConversation
from bot.conversations.staff_questions import StaffQuestionsConversation
from bot.conversations.stock import StockConversation
from bot.conversations.verification import VerificationConversation
from bot.inputs import Who
from bot.jobs import Housekeeping, Job
from bot.relay import Relay
from bot.screen import Cover, CoverAddresses
from bot.texts import Texts
from bot.turn import Turns
from domain.barcode import NoIsbn
from domain.ids import ChatId, UserId
from domain.ports.book_search import BookSearch
from domain.ports.clock import Clock, Ids
from domain.ports.gateway import PaymentGateway
from domain.ports.identity import CodeHasher, Mailer, PasswordHasher, Tokens
from domain.ports.receipts import ReceiptPrinter
from domain.ports.unit_of_work import UnitOfWork
from domain.services.account import Account
from domain.services.browsing import Browsing
from domain.services.carts import ShoppingCart
from domain.services.checkout import Checkout
from domain.services.closing import DailyClose
from domain.services.desk import Desk
from domain.services.doubts import Doubts
from domain.services.expiry import Expiry
from domain.services.holds import Holds
from domain.services.lifecycle import Lifecycle
from domain.services.login import Login
from domain.services.new_password import NewPassword
from domain.services.orders import CustomerOrders
from domain.services.payments import OnlinePayments
from domain.services.questions import AskTheShop
from domain.services.reconciliation import Reconciliation
from domain.services.refunds import Refunds
from domain.services.registration import Registration
from domain.services.settlement import Settlement
from domain.services.stockroom import Stockroom
from domain.services.taking_in import TakingIn
from domain.services.verification import Verification
from domain.shop import Shop


@dataclass(frozen=True, slots=True)
class Adapters:
    """What is outside: the catalogue's search, gateways by name, mail, secrets, and what only Telegram can tell."""

    search: BookSearch
    gateways: Mapping[str, PaymentGateway]
    mailer: Mailer
    hasher: PasswordHasher
    tokens: Tokens
    codes: CodeHasher
    clock: Clock
    ids: Ids
    bot_link: Callable[[str], str]
    cover_addresses: Callable[[Cover], CoverAddresses]
    fetch_file: Callable[[str], Awaitable[bytes]]
    read_barcodes: Callable[[bytes], tuple[str, ...] | NoIsbn]
    receipts: ReceiptPrinter
    member_status: Callable[[ChatId, UserId], Awaitable[str]]
    bot_id: UserId


@dataclass(frozen=True, slots=True)
class Wired:
    conversations: tuple[Conversation, ...]
    expiry: Expiry
    payments: OnlinePayments
    reconciliation: Reconciliation
    settlement: Settlement


def wire(adapters: Adapters, shop: Shop, texts: Texts) -> Wired:
    clock, ids = adapters.clock, adapters.ids
    by_mail = adapters.mailer.configured
    holds, refunds = Holds(clock=clock), Refunds(clock=clock, gateways=adapters.gateways)
    lifecycle = Lifecycle(holds=holds, refunds=refunds, clock=clock, ids=ids, shop=shop)
    browsing = Browsing(search=adapters.search, currency=shop.currency)
    cart = ShoppingCart(shop=shop)
    settlement = Settlement(lifecycle=lifecycle, clock=clock)
    payments = OnlinePayments(
        lifecycle=lifecycle, gateways=adapters.gateways, clock=clock, ids=ids, shop=shop
    )
    checkout = Checkout(cart=cart, payments=payments, lifecycle=lifecycle, clock=clock, ids=ids, shop=shop)
    reconciliation = Reconciliation(
        settlement=settlement, lifecycle=lifecycle, gateways=adapters.gateways, clock=clock
    )
    orders = CustomerOrders(lifecycle=lifecycle, cart=cart, clock=clock)
    login = Login(hasher=adapters.hasher, tokens=adapters.tokens, clock=clock, ids=ids, shop=shop)
    verification = Verification(codes=adapters.codes, clock=clock, ids=ids, shop=shop)
    new_password = NewPassword(
        verification=verification,
        login=login,
        hasher=adapters.hasher,
        mailer=adapters.mailer,
        clock=clock,
        ids=ids,
    )
    registration = Registration(
        verification=verification, login=login, hasher=adapters.hasher, mailer=adapters.mailer, clock=clock
    )
    account = Account(login=login, clock=clock)
    ask_the_shop = AskTheShop()
    return Wired(
        conversations=(
            HomeConversation(browsing=browsing),
            SearchConversation(browsing=browsing),
            ShelvesConversation(browsing=browsing),
            BookConversation(browsing=browsing),
            QuestionsConversation(browsing=browsing, ask_the_shop=ask_the_shop),
            InlineConversation(
                browsing=browsing,
                bot_link=adapters.bot_link,
                cover_addresses=adapters.cover_addresses,
            ),
            PhotoConversation(
                browsing=browsing, fetch=adapters.fetch_file, read_barcodes=adapters.read_barcodes
            ),
            CartConversation(cart=cart),
            CheckoutConversation(checkout=checkout, cart=cart),
            OrdersConversation(orders=orders, payments=payments),
            PaymentConversation(payments=payments, settlement=settlement, orders=orders, texts=texts),
            ReceiptConversation(orders=orders, printer=adapters.receipts),
            ClosingConversation(
                daily_close=DailyClose(gateways=adapters.gateways, shop=shop, clock=clock),
                taking_in=TakingIn(settlement),
            ),
            DoubtsConversation(Doubts(lifecycle=lifecycle, settlement=settlement)),
            LoginConversation(login=login, texts=texts, by_mail=by_mail),
            RegistrationConversation(registration=registration, texts=texts),
            ForgottenConversation(new_password=new_password, texts=texts),
            VerificationConversation(
                registration=registration, new_password=new_password, verification=verification
            ),
            AccountConversation(account=account, login=login, new_password=new_password, texts=texts),
            MyDataConversation(account=account, login=login, by_mail=by_mail),
            InfoConversation(account=account, texts=texts, by_mail=by_mail),
            StockConversation(
                stockroom=Stockroom(),
                search=adapters.search,
                fetch=adapters.fetch_file,
                read_barcodes=adapters.read_barcodes,
            ),
            StaffQuestionsConversation(ask_the_shop),
            FeedsConversation(status=adapters.member_status),
            StaffConversation(Desk(lifecycle), adapters.member_status, adapters.bot_id),
        ),
        expiry=Expiry(lifecycle=lifecycle, reconciliation=reconciliation, clock=clock, shop=shop),
        payments=payments,
        reconciliation=reconciliation,
        settlement=settlement,
    )


def jobs(
    wired: Wired, unit_of_work: UnitOfWork, turns: Turns, housekeeping: Housekeeping, relay: Relay
) -> tuple[Job, ...]:
    """Everything that is done without anybody tapping, but the relay, which runs by itself."""

    async def expire() -> None:
        if await wired.expiry.run(unit_of_work):
            relay.wake()

    async def remind() -> None:
        if await wired.expiry.remind(unit_of_work):
            relay.wake()

    async def reconcile() -> None:
        if await wired.reconciliation.run(unit_of_work):
            relay.wake()

    async def start_left_behind() -> None:
        """Payments whose start a crash cut off: the customer sees the invoice after all."""
        async with unit_of_work.reading() as look:
            if not await wired.payments.any_unstarted(look):
                return
        async with unit_of_work.writing() as work:
            unstarted = await wired.payments.claim_unstarted(work)
            await work.commit()
        for left in unstarted:
            who = Who(user_id=UserId(left.chat_id), chat_id=left.chat_id, private=True)
            await turns.follow(who, StartPayment(left.attempt_id))

    return (
        Job("show unshown screens", timedelta(seconds=5), housekeeping.show_unshown),
        Job("expire", timedelta(seconds=10), expire),
        Job("remind the staff", timedelta(seconds=60), remind),
        Job("reconcile payments", timedelta(seconds=15), reconcile),
        Job("start payments left behind", timedelta(seconds=15), start_left_behind),
        Job("forget", timedelta(hours=1), housekeeping.forget),
    )
