"""Mails as the programs of real people write them: fifteen programs in eight languages, replies and forwards, as text
and as HTML. README.md says what of it is known from where; cases.py makes the mails."""
