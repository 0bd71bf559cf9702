"""getFile (telegram-bot-api Client.cpp: process_get_file_query, do_get_file; at most 20 MB)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.errors import bad_request
from sandbox.files import MAX_DOWNLOAD
from sandbox.inputs import unknown_file_id
from sandbox.methods.registry import method
from sandbox.model import Json
from sandbox.params import Args

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox


@method("getFile")
def get_file(sandbox: Sandbox, args: Args) -> Json:
    file_id = args.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = sandbox.world.files.find(file_id)
    if file is None:
        raise bad_request("invalid file_id") from unknown_file_id(file_id)
    if file.size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }
