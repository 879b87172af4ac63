"""The Qt of this Houdini (20.5: PySide2, 22: PySide6); without Houdini, the one that is installed.

The same source runs on both if it keeps three rules: every enum with its scope (`Qt.Orientation.Vertical`), no name
that moved between the modules (those are given here), and nothing that only one of them has (`exec_`, `setMargin`).
Everything of the plugin that opens a widget imports Qt from here, and nothing else does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6 import QtCore, QtGui, QtWidgets
    from PySide6.QtGui import QShortcut
else:
    try:
        from hutil.PySide import QtCore, QtGui, QtWidgets
    except ImportError:
        try:
            from PySide6 import QtCore, QtGui, QtWidgets
        except ImportError:
            from PySide2 import QtCore, QtGui, QtWidgets
    # Moved from QtWidgets to QtGui in Qt 6.
    QShortcut = QtGui.QShortcut if hasattr(QtGui, "QShortcut") else QtWidgets.QShortcut

Qt = QtCore.Qt
Signal = QtCore.Signal

__all__ = ["QShortcut", "Qt", "QtCore", "QtGui", "QtWidgets", "Signal"]
