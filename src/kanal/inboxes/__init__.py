"""Inboxes and the channels that live in them: connecting, changing, switching and deleting one, and which address leads
to it. What a channel carries is its kind's affair; intake and delivery ask here for the channel."""
