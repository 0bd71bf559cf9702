"""The names of things: database keys, and the codes that people read."""

from typing import NewType

BookId = NewType("BookId", int)
CustomerId = NewType("CustomerId", int)
CartId = NewType("CartId", int)
OrderId = NewType("OrderId", int)
QuestionId = NewType("QuestionId", int)
AttemptId = NewType("AttemptId", str)
"""A payment attempt's id: random, unguessable, at most 32 characters; also the gateway's idempotency key."""
SessionId = NewType("SessionId", str)
ChatId = NewType("ChatId", int)
UserId = NewType("UserId", int)
