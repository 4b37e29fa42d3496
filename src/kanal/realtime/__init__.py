"""What has just happened, told at once: one listening connection a process wakes the workers and feeds the open
sockets. Sockets are opened in api/agent/live.py."""
