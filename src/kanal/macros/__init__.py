"""Texts that people put into answers, with tokens, and what they do to the ticket: macros. One that does nothing is
called a snippet. `previewing` shows what one would say and do, `applying` does it."""
