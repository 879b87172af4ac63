"""What a render node writes: where, which frames, and what of it is on disk."""
