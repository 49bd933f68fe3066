"""Take screenshots of the built site, at desktop and phone width, light and dark.

usage: screenshots.py [SITE_DIR [OUT_DIR [PAGE ...]]]; without arguments it writes the README's
picture to docs/images/.
"""

import functools
import http.server
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

WIDTHS = {"desktop": 1280, "phone": 390}
SCHEMES = ("light", "dark")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Requests are of no interest here."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def shoot(browser: Browser, address: str, page: str, out: Path) -> None:
    for width_name, width in WIDTHS.items():
        for scheme in SCHEMES:
            view = browser.new_page(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            view.goto(f"{address}/{page}")
            view.wait_for_load_state("networkidle")
            name = page.strip("/").replace("/", "_") or "home"
            view.screenshot(path=out / f"{name}-{width_name}-{scheme}.png", full_page=True)
            view.close()


def main(site: str = "site", out: str = "", *pages: str) -> None:
    folder = Path(out or "docs/images")
    folder.mkdir(parents=True, exist_ok=True)
    with served(Path(site)) as address, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        if pages:
            for page in pages:
                shoot(browser, address, page, folder)
        else:
            view = browser.new_page(viewport={"width": 1280, "height": 860})
            view.goto(f"{address}/")
            view.wait_for_load_state("networkidle")
            view.screenshot(path=folder / "home.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
