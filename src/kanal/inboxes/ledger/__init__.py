"""What a mail server lists for a channel, message by message, and what became of each: nothing on the server is without
an explanation. A kind that fetches writes it through the desk; a raw event tells the rest."""
