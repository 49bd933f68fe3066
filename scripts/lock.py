"""Write requirements/*.txt: what pyproject.toml allows, pinned with hashes."""

import subprocess
import sys
from pathlib import Path

UV = Path(sys.executable).with_name("uv")
OPTIONS = """
    --quiet --universal --python-version 3.11 --generate-hashes
    --no-emit-index-url --no-annotate --no-header --upgrade
"""
GROUPS = {"site": ["build"], "dev": ["build", "dev"]}

for name, groups in GROUPS.items():
    wanted = [word for group in groups for word in ("--group", group)]
    target = f"requirements/{name}.txt"
    subprocess.run(
        [UV, "pip", "compile", *OPTIONS.split(), "pyproject.toml", *wanted, "-o", target],
        check=True,
    )
    print(f"wrote {target}")
