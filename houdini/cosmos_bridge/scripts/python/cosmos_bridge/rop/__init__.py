"""The output of render nodes: folder, frames, and the files on disk."""
