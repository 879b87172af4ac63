"""Houdini runs this when it starts. It starts the plugin for hython, which never runs uiready.py."""


def _start() -> None:
    try:
        import hou

        if hou.isUIAvailable():
            return  # uiready.py does it when the windows exist

        from cosmos_bridge.attach import start

        start()
    except Exception as error:  # an error of the plugin must not stop Houdini
        import sys

        print(f"Cosmos Bridge is off in this session: {error}", file=sys.stderr)


_start()
