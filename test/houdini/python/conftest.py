"""What all tests of the plugin share."""

import os

# Before any Qt is imported: the tests draw, and need no screen for it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
