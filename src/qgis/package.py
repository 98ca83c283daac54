#!/usr/bin/env python3
"""Makes the plug-in's installable zip: package.py ZIP. The same bytes from the
same sources: names in order, one date, the program's version."""
import pathlib
import re
import sys
import zipfile

here = pathlib.Path(__file__).resolve().parent
root = here.parent.parent
version = re.search(r'TERRAMIS_VERSION "(.*)"',
                    (root / "include/terramis.h").read_text()).group(1)


def members():
    """Name in the zip and bytes of every file."""
    for path in sorted((here / "terramis").iterdir()):
        if path.is_file():
            data = path.read_bytes()
            if path.name == "metadata.txt":
                data = data.replace(b"@VERSION@", version.encode())
            yield "terramis/" + path.name, data
    yield "terramis/LICENSE", (root / "LICENSE").read_bytes()


with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as package:
    for name, data in members():
        entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        package.writestr(entry, data)
