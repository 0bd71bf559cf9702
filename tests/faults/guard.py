"""Guards and their proofs: each scenario runs as the program is, and once more with what prevents the fault taken out.

    @prevented_by(CONDITION, (ONE_GUARD, ITS_SECOND))
    async def test_f1_the_last_copy_is_not_sold_twice(database_url: str) -> None: ...

runs three times: ``[guarded]`` has to pass; ``[without CONDITION]`` and ``[without ONE_GUARD and ITS_SECOND]`` have to end in the
scenario's own `Fault`. Whatever else they end in (a crash, another assertion, success) proves nothing and fails the test.

A guard is taken out where it stands, in the code that serves customers: `rewritten` compiles a function again with one
expression replaced, and every caller runs that; `replaced` exchanges a module's or a class's attribute (a statement, a constant,
a method). Neither needs anything in the program that is there for tests, and both fail if the guard is not where they look.
"""

from __future__ import annotations
import __future__

import ast
import contextlib
import functools
import importlib
import inspect
import textwrap
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
)
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any

import pytest

Scene = Mapping[str, Any]
"""The fixtures that a scenario asked for, by name."""
TakeOut = Callable[[Scene], AbstractContextManager[None] | AbstractAsyncContextManager[None]]


class Fault(AssertionError):
    """What must not happen happened. Raised by a scenario's own check and by nothing else."""


def fault_if(happened: object, sentence: str) -> None:
    if happened:
        raise Fault(sentence)


GUARDS: dict[str, Guard] = {}
"""Every guard, by name."""


@dataclass(frozen=True)
class Guard:
    """``where`` is ``module:name`` of what holds the guard. Registered when it is made."""

    name: str
    where: str
    take_out: TakeOut = field(repr=False)

    def __post_init__(self) -> None:
        if self.name in GUARDS:
            raise ValueError(f"two guards are called {self.name!r}")
        resolved(self.where)
        GUARDS[self.name] = self


@dataclass(frozen=True)
class Proof:
    """A scenario, and the sets of guards without each of which its fault happens."""

    test: str
    cases: tuple[tuple[Guard, ...], ...]


PROOFS: list[Proof] = []
"""Every scenario that was imported."""


def prevented_by(*cases: Guard | tuple[Guard, ...]) -> Callable[[Callable[..., Awaitable[None]]], Any]:
    """A tuple's guards overlap, so that they are taken out together; the others each by itself."""
    sets = tuple(case if isinstance(case, tuple) else (case,) for case in cases)

    def decorate(scenario: Callable[..., Awaitable[None]]) -> Any:
        PROOFS.append(Proof(scenario.__name__, sets))
        signature = inspect.signature(scenario)

        @functools.wraps(scenario)
        async def run(*, without: tuple[Guard, ...], **given: Any) -> None:
            if not without:
                await scenario(**given)
                return
            async with taken_out(without, given):
                with contextlib.suppress(Fault):
                    await scenario(**given)
                    raise AssertionError(f"nothing notices that there is no {_names(without)}")

        own = inspect.Parameter("without", inspect.Parameter.KEYWORD_ONLY)
        run.__signature__ = signature.replace(parameters=[*signature.parameters.values(), own])  # type: ignore[attr-defined]  # as `inspect` reads it
        ids = ["guarded", *(f"without {_names(case)}" for case in sets)]
        return pytest.mark.parametrize("without", [(), *sets], ids=ids)(run)

    return decorate


def _names(guards: tuple[Guard, ...]) -> str:
    return " and ".join(guard.name for guard in guards)


@asynccontextmanager
async def taken_out(guards: tuple[Guard, ...], scene: Scene) -> AsyncIterator[None]:
    async with contextlib.AsyncExitStack() as stack:
        for guard in guards:
            without = guard.take_out(scene)
            if isinstance(without, AbstractAsyncContextManager):
                await stack.enter_async_context(without)
            else:
                stack.enter_context(without)
        yield


# --- taking out ---------------------------------------------------------------------------------------------------------


def resolved(where: str) -> Any:
    """What ``module:name.name`` stands for. Raises ImportError or AttributeError if it is not there."""
    module, _, path = where.partition(":")
    return functools.reduce(getattr, path.split("."), importlib.import_module(module))


def rewritten(name: str, where: str, code: str, instead: str = "False", *more: tuple[str, str]) -> Guard:
    """A guard that is an expression in a function (or several, with what stands ``instead`` of each). ``code`` has to stand
    there exactly once, however it is laid out."""

    @contextmanager
    def take_out(scene: Scene) -> Iterator[None]:
        function = inspect.unwrap(resolved(where))
        assert isinstance(function, FunctionType), where
        with contextlib.ExitStack() as stack:
            for old, new in ((code, instead), *more):
                stack.enter_context(_recompiled(function, old, new))
            yield

    return Guard(name, where, take_out)


def replaced(name: str, where: str, instead: Callable[[Any], Any]) -> Guard:
    """A guard that is an attribute of a module or a class; ``instead`` makes of it what stands there without the guard."""

    @contextmanager
    def take_out(scene: Scene) -> Iterator[None]:
        module, _, path = where.partition(":")
        holder, _, attribute = path.rpartition(".")
        owner = resolved(f"{module}:{holder}") if holder else importlib.import_module(module)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(owner, attribute, instead(getattr(owner, attribute)))
            yield

    return Guard(name, where, take_out)


_PRESENT: dict[FunctionType, ast.Module] = {}
"""The functions that are rewritten now, as they read: two guards of one function can be taken out together."""


@contextmanager
def _recompiled(function: FunctionType, code: str, instead: str) -> Iterator[None]:
    """Every reference to the function runs the new code, whoever imported it."""
    before, old = _PRESENT.get(function), function.__code__
    tree = (
        ast.parse(ast.unparse(before)) if before else ast.parse(textwrap.dedent(inspect.getsource(function)))
    )
    swap = _Swap(code, instead)
    tree = ast.fix_missing_locations(swap.visit(tree))
    if swap.found != 1:
        raise LookupError(f"{function.__qualname__} has {swap.found} times: {code}")
    definition = tree.body[0]
    assert isinstance(definition, ast.FunctionDef | ast.AsyncFunctionDef)
    definition.decorator_list = []
    made: dict[str, Any] = {}
    flags = __future__.annotations.compiler_flag
    exec(  # noqa: S102  # the program's own source, with one expression replaced
        compile(tree, f"<{function.__qualname__} without {code}>", "exec", flags=flags, dont_inherit=True),
        function.__globals__,
        made,
    )
    _PRESENT[function], function.__code__ = tree, made[function.__name__].__code__
    try:
        yield
    finally:
        function.__code__ = old
        if before is None:
            del _PRESENT[function]
        else:
            _PRESENT[function] = before


class _Swap(ast.NodeTransformer):
    """Replaces the expressions that read like this one, and counts them."""

    def __init__(self, code: str, instead: str) -> None:
        self._code = ast.dump(ast.parse(code, mode="eval").body)
        self._instead = instead
        self.found = 0

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.expr) and ast.dump(node) == self._code:
            self.found += 1
            return ast.parse(self._instead, mode="eval").body
        return self.generic_visit(node)
