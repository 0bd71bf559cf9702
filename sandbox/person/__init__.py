"""The person's side over HTTP: `/sandbox/...`, as docs/sandbox.md describes it, and the page's files."""

from sandbox.person import groups, inlining, mailing, paying, reading, streaming, tapping, testing, writing
from sandbox.person.routes import PersonApi

__all__ = [
    "PersonApi",
    "groups",
    "inlining",
    "mailing",
    "paying",
    "reading",
    "streaming",
    "tapping",
    "testing",
    "writing",
]
