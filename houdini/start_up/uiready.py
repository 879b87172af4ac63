"""Houdini runs this when its windows exist. It starts auto-send for this scene and all scenes opened later."""


def _start() -> None:
    try:
        from cosmos_bridge.attach import start

        start()
    except Exception as error:  # an error of the plugin must not stop Houdini
        import sys

        print(f"Cosmos Bridge is off in this session: {error}", file=sys.stderr)


_start()
