"""A file's content as a stream of bytes: plain, gzip or zip, with an end to how far it may swell."""

from __future__ import annotations

import gzip
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, Protocol, cast

_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_NOT_A_FEED: Final = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$)")


class TooLarge(Exception):
    """More came out of a file than may."""


class BrokenArchive(Exception):
    """A gzip or zip file that does not unpack."""


class Source(Protocol):
    """A file, as it lies there or unpacked."""

    def read1(self, size: int, /) -> bytes: ...


class Stream(io.RawIOBase):
    """Bytes to read once, with a look ahead; `TooLarge` past the limit, `BrokenArchive` where unpacking fails."""

    def __init__(self, source: Source, most_bytes: int) -> None:
        super().__init__()
        self._source = source
        self._ahead = b""
        self.failed: BrokenArchive | None = None
        """What a look ahead met: it is raised when that place is reached."""
        self._left = most_bytes
        self._most = most_bytes

    @property
    def left(self) -> int:
        """How many more bytes may come."""
        return self._left

    def readable(self) -> bool:
        return True

    def peek(self, size: int) -> bytes:
        """Up to ``size`` bytes from here on, without reading on."""
        while len(self._ahead) < size:
            try:
                data = self._pull(size - len(self._ahead))
            except BrokenArchive as error:
                self.failed = error
                break
            if not data:
                break
            self._ahead += data
        return self._ahead[:size]

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        if size is None or size < 0:
            return self.readall()
        if self._ahead:
            data, self._ahead = self._ahead[:size], self._ahead[size:]
            return data
        return self._pull(size)

    def _pull(self, size: int) -> bytes:
        if self.failed is not None:
            raise self.failed
        try:
            # One piece at a time: what was unpacked before the damage comes before the error.
            data = self._source.read1(min(size, 1 << 20))
        except (
            OSError,
            EOFError,
            zlib.error,
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
        ) as error:
            # What the two modules raise for a damaged, encrypted or unknown kind of archive.
            raise BrokenArchive(str(error)) from error
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge(str(self._most))
        return data


class Packed:
    """A file as its parts: itself, or the files of a zip archive."""

    def __init__(self, path: Path, most_bytes: int) -> None:
        self.path = path
        self.size = path.stat().st_size
        self._most = most_bytes
        self.is_archive = False
        """Whether it is a zip archive; known once the parts are read."""
        self._file: BinaryIO | None = None
        self._reopened: list[Generator[tuple[str, Stream]]] = []

    @property
    def position(self) -> int:
        """How many of the file's ``size`` bytes have been read: for a progress bar."""
        if self._file is None or self._file.closed:
            return 0 if self._file is None else self.size
        return self._file.tell()

    def parts(self) -> Generator[tuple[str, Stream]]:
        """Name and content of each part, each to be read before the next is asked for."""
        with self.path.open("rb") as file:
            self._file = file
            start = file.read(4)
            file.seek(0)
            self.is_archive = start in (_ZIP, _EMPTY_ZIP)
            if self.is_archive:
                yield from self._members(file)
            elif start.startswith(_GZIP):
                with gzip.GzipFile(fileobj=file) as unpacked:
                    yield self.path.name.removesuffix(".gz"), Stream(unpacked, self._most)
            else:
                yield self.path.name, Stream(file, self._most)

    def close(self) -> None:
        """Close what was reopened; the parts themselves close as they are read."""
        for parts in self._reopened:
            parts.close()

    def reopened(self, number: int) -> Stream:
        """The part ``number`` (from 0) once more from its start, until the next one is reopened."""
        self.close()
        parts = self.parts()
        self._reopened = [parts]
        return next(itertools.islice(parts, number, None))[1]

    def _members(self, file: BinaryIO) -> Iterator[tuple[str, Stream]]:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError) as error:
            raise BrokenArchive(str(error)) from error
        with archive:
            left = self._most
            for member in archive.infolist():
                if member.is_dir() or _NOT_A_FEED.search(member.filename):
                    continue
                with _opened(archive, member) as content:
                    stream = Stream(content, left)
                    yield member.filename, stream
                    left = stream.left


class _Closed:
    """A member that does not open: protected by a password, or packed in a way that is not known here."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def read1(self, size: int, /) -> bytes:
        raise self._error


@contextmanager
def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[Source]:
    try:
        content = archive.open(member)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        # The members after it may be whole.
        yield _Closed(error)
        return
    with content:
        yield cast("Source", content)
