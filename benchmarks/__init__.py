"""What it costs, measured side by side."""
