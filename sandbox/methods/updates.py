"""getUpdates, setWebhook, deleteWebhook, getWebhookInfo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.methods.registry import Described, method
from sandbox.params import Args

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox


@method("getUpdates")
async def get_updates(sandbox: Sandbox, args: Args) -> Any:
    return await sandbox.poller.get_updates(args, webhook=bool(sandbox.webhook.url))


@method("setWebhook")
async def set_webhook(sandbox: Sandbox, args: Args) -> Described:
    return Described(True, await sandbox.webhook.set(args))


@method("deleteWebhook")
async def delete_webhook(sandbox: Sandbox, args: Args) -> Described:
    kept = {"drop_pending_updates": args.text("drop_pending_updates")}
    return Described(True, await sandbox.webhook.set(Args(kept)))


@method("getWebhookInfo")
def get_webhook_info(sandbox: Sandbox, args: Args) -> Any:
    return sandbox.webhook.info()
