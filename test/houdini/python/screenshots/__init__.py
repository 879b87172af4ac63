"""Pictures of the panel and the dialog for the documentation, drawn without a screen."""
