"""Conversations: an input in, a result out. They send nothing."""
