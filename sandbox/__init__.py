"""Stand-ins for the outside world, speaking the real wire formats. Knows nothing of Kanal's code; starts in `app`."""

from sandbox.app import Sandbox

__all__ = ["Sandbox"]
