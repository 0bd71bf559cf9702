"""The chat: what people see and press."""
