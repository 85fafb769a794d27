"""Stores compiled templates in the user's cache folder, because compiling those of the theme takes a fifth of a small build, and those of pages a tenth."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from jinja2 import Environment
from jinja2.bccache import Bucket, FileSystemBytecodeCache

_FOLDER = "templates"


class TemplateCache(FileSystemBytecodeCache):
    """Jinja's cache of compiled templates. It reads a file only for the same source and the same version of Python and Jinja."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write a compiled template; without space for it, the next build compiles it again."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def keep_compiled(environment: Environment, cache: Path | None) -> None:
    """Let an environment keep its compiled templates below the user's cache folder, if there is one."""
    if cache is None:
        return
    folder = cache / _FOLDER / _name_options(environment)
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        environment.bytecode_cache = TemplateCache(str(folder), "%s.cache")


def _name_options(environment: Environment) -> str:
    """Return a digest of everything else that compiled templates depend on."""
    options = (
        sorted(environment.extensions),
        environment.block_start_string,
        environment.variable_start_string,
        environment.comment_start_string,
        environment.trim_blocks,
        environment.lstrip_blocks,
        environment.keep_trailing_newline,
        environment.optimized,
        environment.autoescape if isinstance(environment.autoescape, bool) else "by name",
    )
    return hashlib.sha256(repr(options).encode()).hexdigest()[:16]
