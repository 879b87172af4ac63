"""The dialog behind "Send to Cosmos"."""
