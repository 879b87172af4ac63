"""Send a Houdini render to Cosmos Bridge. Importing this touches neither the network nor Qt."""

__version__ = "0.1.0"
