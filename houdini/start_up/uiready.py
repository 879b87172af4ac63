"""Houdini runs this once its windows are there: from now on the renders of every opened scene are heard."""


def _start() -> None:
    try:
        from cosmos_bridge.attach import start

        start()
    except Exception as error:  # whatever is wrong with the plugin, Houdini goes on without it
        import sys

        print(f"Cosmos Bridge is off in this session: {error}", file=sys.stderr)


_start()
