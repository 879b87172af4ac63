"""A clip: the files of its passes, the camera, and the manifest."""
