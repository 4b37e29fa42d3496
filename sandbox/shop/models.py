"""What the shop knows of the help desk that it uses."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass
class Shop:
    form: str = ""
    """Address of the form, such as http://127.0.0.1:8000/f/abc; empty while there is none."""

    @property
    def desk(self) -> str:
        """The origin that the form comes from."""
        parts = urlsplit(self.form)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
