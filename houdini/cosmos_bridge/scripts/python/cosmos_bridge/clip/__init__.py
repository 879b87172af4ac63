"""A clip: which files are which pass, the camera, and the manifest that says so."""
