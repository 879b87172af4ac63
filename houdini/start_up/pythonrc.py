"""Houdini runs this at its start, with and without windows; hython never runs uiready.py, so it is done here for it."""


def _start() -> None:
    try:
        import hou

        if hou.isUIAvailable():
            return  # uiready.py does it, when the windows are there

        from cosmos_bridge.attach import start

        start()
    except Exception as error:  # whatever is wrong with the plugin, Houdini goes on without it
        import sys

        print(f"Cosmos Bridge is off in this session: {error}", file=sys.stderr)


_start()
