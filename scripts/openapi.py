"""Write the API's description to web/client/openapi.json, from which the TypeScript client is made; with --check, fail
when it is stale.

    python -m scripts.openapi [--check]
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from kanal.api.http.openapi import finished
from kanal.kit.settings import read
from kanal.server.process import Process

FILE = Path(__file__).parent.parent / "web" / "client" / "openapi.json"


def described() -> str:
    with tempfile.TemporaryDirectory() as folder:
        process = Process(read({"KANAL_DATA_DIR": folder}), "postgresql://", serve=True, work=False)
        schema = finished(process.app().openapi_schema.to_schema())
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> int:
    text = described()
    if "--check" not in sys.argv:
        FILE.write_text(text)
        return 0
    if FILE.read_text() == text:
        print("web/client/openapi.json is up to date")
        return 0
    print("web/client/openapi.json is stale; run `make client`")
    return 1


if __name__ == "__main__":
    sys.exit(main())
