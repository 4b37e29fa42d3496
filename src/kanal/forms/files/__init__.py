"""What a file that came with a form is, whatever its name and its sender say, and whether it is harmful. `sniffing`
reads its bytes, `scanning` asks the virus scanner where there is one; who takes files in then puts them in storage."""

from kanal.forms.files.looking import Looked, looked_at
from kanal.forms.files.scanning import ScannerAway

__all__ = ["Looked", "ScannerAway", "looked_at"]
