"""What the Bot API and the person's side answer when something is refused."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A refusal in the Bot API's own shape: `{"ok": false, "error_code", "description", "parameters"?}`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = dict(self.parameters)
        return answer


def bad_request(reason: str) -> ApiError:
    """400. The reason's first letter is lowered unless a capital or `_` follows (Client.cpp: fail_query_with_error)."""
    if len(reason) > 1 and not (reason[1] == "_" or "A" <= reason[1] <= "Z"):
        reason = reason[0].lower() + reason[1:]
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """403 with the given reason."""
    return ApiError(403, f"Forbidden: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    """429 in the words of telegram-bot-api's Query.cpp: set_retry_after_error."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


class PersonError(Exception):
    """What a person cannot do: an HTTP status of the person's side and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
