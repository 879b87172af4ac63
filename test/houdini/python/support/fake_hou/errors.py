"""Exceptions of `hou` that the plugin can meet."""

from __future__ import annotations


class Error(Exception):
    """Base of all."""

    def exceptionTypeName(self) -> str:
        return type(self).__name__

    def instanceMessage(self) -> str:
        return str(self.args[0]) if self.args else ""

    def description(self) -> str:
        return (type(self).__doc__ or "").strip()


class OperationFailed(Error):
    """The attempted operation failed."""


class OperationInterrupted(Error):
    """The operation was interrupted before it could complete: the user pressed Esc. A sibling of OperationFailed."""


class ObjectWasDeleted(Error):
    """Attempt to access an object that no longer exists in Houdini."""


class NotAvailable(Error):
    """The operation is not available in this session."""


class InvalidNodeType(OperationFailed):
    """The node type is not known here."""


class InvalidInput(Error):
    """The input is not there."""


class PermissionError(Error):
    """Houdini does not allow this change."""


class LoadWarning(Error):
    """The scene was loaded with warnings."""
