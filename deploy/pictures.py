"""Draws the pictures that others show of the site, from its own mark, colours and letters.

    .venv/bin/python -m deploy.pictures

They are kept in the repository; run this again when the mark or the name changes. Needs Chromium and the packages of
`deploy/requirements-dev.txt`.
"""

import shutil
import struct
import sys

from playwright.sync_api import Browser, sync_playwright

from deploy.environment import ROOT

SITE = ROOT / "frikommune" / "static" / "site"
FONTS = (ROOT / "frikommune" / "static" / "dkfds" / "fonts" / "IBMPlexSans" / "IBMPlexSans").as_uri()
UNASKED = ROOT / "frikommune" / "root"
MARK = (SITE / "logo.svg").read_text(encoding="utf-8")

SHARE = f"""<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: Plex; src: url("{FONTS}-Regular-Latin1.woff2"); }}
@font-face {{ font-family: Plex; font-weight: 600; src: url("{FONTS}-SemiBold-Latin1.woff2"); }}
body {{ margin: 0; width: 1200px; height: 630px; box-sizing: border-box; padding: 96px; font-family: Plex;
  background: #0d3b55; color: #fff; border-bottom: 24px solid #ff9d7a; }}
svg {{ width: 132px; height: 132px; margin-left: -34px; }}
h1 {{ margin: 56px 0 16px; font-size: 84px; line-height: 1.1; font-weight: 600; letter-spacing: -1px; }}
p {{ margin: 0; font-size: 40px; line-height: 1.4; color: #e3ebf0; }}
</style>{MARK}<h1>Frikommuneregisteret</h1><p>Register over danske frikommuneforsøg</p>"""


def main() -> int:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        print("Chromium mangler; på Debian: sudo apt install chromium", file=sys.stderr)
        return 1
    UNASKED.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        (SITE / "share.png").write_bytes(drawn(browser, SHARE, 1200, 630))
        (UNASKED / "apple-touch-icon.png").write_bytes(drawn(browser, square(180), 180, 180))
        (UNASKED / "favicon.ico").write_bytes(icon(drawn(browser, square(32), 32, 32), 32))
        browser.close()
    return 0


def square(size: int) -> str:
    """The mark alone, to the edge: whoever shows it rounds its corners."""
    style = f"body {{ margin: 0; background: #0d3b55; }} svg {{ display: block; width: {size}px; height: {size}px; }}"
    return f"<!doctype html><style>{style}</style>{MARK}"


def drawn(browser: Browser, html: str, width: int, height: int) -> bytes:
    """The page as a PNG picture of that size."""
    page = browser.new_page(viewport={"width": width, "height": height})
    # A file of its own, for a page without an address may not read the fonts.
    path = ROOT / "var" / "picture.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(html, encoding="utf-8")
    page.goto(path.as_uri())
    page.evaluate("document.fonts.ready")
    picture = page.screenshot()
    page.close()
    path.unlink()
    return picture


def icon(png: bytes, size: int) -> bytes:
    """`png` as an ICO file with that one picture."""
    header = struct.pack("<HHH", 0, 1, 1)
    entry = struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(png), len(header) + 16)
    return header + entry + png


if __name__ == "__main__":
    sys.exit(main())
