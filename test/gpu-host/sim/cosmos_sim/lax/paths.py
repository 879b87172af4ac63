"""Names of files; relative ones count from the working folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .refused import Problem, Refused, refuse


def any_path(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise refuse("path_type", "Input is not a valid path", value)


def _is(test: Callable[[Path], bool], text: str) -> bool:
    try:
        return test(Path(text))
    except (OSError, ValueError):
        return False  # a name the file system cannot even hold


def file_path(value: Any) -> str:
    """An existing regular file relative to the working folder, made absolute (not resolved)."""
    text = any_path(value)
    if _is(Path.is_file, text):
        return str(Path(text).absolute())
    raise refuse("path_not_file", "Path does not point to a file", value)


def file_or_directory(value: Any) -> str:
    text = any_path(value)
    if _is(Path.exists, text):
        return str(Path(text).absolute())
    raise Refused(
        [
            Problem(("file",), "path_not_file", "Path does not point to a file", value),
            Problem(("directory",), "path_not_directory", "Path does not point to a directory", value),
        ]
    )


URLS = ("http://", "https://", "s3://")


def file_or_url(value: Any) -> str:
    """cosmos-framework's media field (common/args.py:272-279): its own complaint is a value_error."""
    if not isinstance(value, str):
        raise refuse("string_type", "Input should be a valid string", value)
    if value.startswith(URLS):
        return value
    if _is(Path.is_file, value):
        return str(Path(value).absolute())
    raise refuse("value_error", f"Value error, Path does not point to a file: {value}", value)
