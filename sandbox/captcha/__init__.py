"""Turnstile and hCaptcha as far as a form needs them: a widget that a person ticks, and the address where a server asks
whether what it was given is good. Loaded by Kanal's form pages; asked by Kanal."""
