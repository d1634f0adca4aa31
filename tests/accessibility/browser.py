"""Headless Chromium with axe-core: what a real browser makes of a page. Neither is needed to run the program."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Any

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_RESULT = re.compile(r'<pre id="axe-result">(.*?)</pre>', re.DOTALL)
_RUN = """
axe.run(document, {runOnly: %s}).then(found => {
  const pre = parent.document.createElement("pre");
  pre.id = "axe-result";
  pre.textContent = JSON.stringify({
    violations: found.violations.map(it => ({rule: it.id, where: it.nodes.map(node => node.html).slice(0, 3)})),
    passes: found.passes.length,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    width: document.documentElement.clientWidth});
  parent.document.body.append(pre);
});
"""


@dataclass(frozen=True)
class Checked:
    """``violations``: each rule of axe that is broken, with the first places. ``passes``: how many rules held.
    ``overflow``: by how many pixels the page is wider than the window of ``width`` pixels."""

    violations: list[dict[str, Any]]
    passes: int
    overflow: int
    width: int


def checked(page: str, folder: Path, width: int) -> Checked:
    """The page opened in a frame that is ``width`` pixels wide. The page itself runs no script: its policy, which
    would refuse the checker, is taken out of the copy that is checked."""
    script = _RUN % json.dumps(RULES)
    frame = _POLICY.sub("", page).replace(
        "</body>", f"<script>{AXE.read_text('utf-8')}</script><script>{script}</script></body>"
    )
    file = folder / "page.html"
    # a window is never narrower than 500 pixels, a frame is as wide as one asks
    around = f'<!DOCTYPE html><html lang="en"><body><iframe width="{width}" height="900" style="border: 0" srcdoc="'
    file.write_text(f'{around}{escape(frame, quote=True)}"></iframe></body></html>', "utf-8")
    found = _RESULT.search(_dom(file))
    if found is None:
        raise RuntimeError("axe gave no result")
    return Checked(**json.loads(unescape(found[1])))


def _dom(file: Path) -> str:
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=30000"]
    command += ["--window-size=1400,1000", f"--user-data-dir={file.parent / 'profile'}", "--dump-dom", file.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def pages_on_paper(page: str, folder: Path) -> bytes:
    """The page printed to PDF, on A4 as its style says."""
    file, printed = folder / "page.html", folder / "page.pdf"
    file.write_text(page, "utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={printed}", file.as_uri()]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    return printed.read_bytes()
