"""Understanding what people type when they look for a book: text only, no storage."""
