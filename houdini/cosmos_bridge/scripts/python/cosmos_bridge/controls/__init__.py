"""Model, prompt and controls: the form that the panel and the dialog share."""
