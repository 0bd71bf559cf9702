"""The shop: its things, its rules and its services. Imports only the standard library."""
