"""Email by forwarding: mail comes in at our own SMTP door and leaves by the SMTP server of the channel or of the
installation. The flow: doors.py → parse.py on the way in, kind.py → send.py on the way out."""
