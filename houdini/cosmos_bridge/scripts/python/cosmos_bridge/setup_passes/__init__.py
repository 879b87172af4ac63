"""Adds the passes that Cosmos follows to a Karma or Mantra setup."""
