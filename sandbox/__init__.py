"""Telegram on this machine: a strict local Bot API server, the person's side, a mailbox and a chat page."""
