"""The instruments themselves: a watch that sees nothing would make every browser test worthless."""

import base64
import io
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg
import pytest
import zxingcpp
from PIL import Image

from tests.support.browser import ROOT
from tests.support.camera import Camera

PAGE = b"""<!doctype html><html lang="en"><title>Looking</title><main><h1>Looking</h1>
<video id="video" autoplay muted></video><p id="said"></p></main><script src="/page.js"></script></html>"""
SCRIPT = b"""
navigator.mediaDevices.getUserMedia({video: true}).then(stream => { video.srcObject = stream }, () => {})
function grab() {
  const canvas = document.createElement('canvas')
  canvas.width = 640; canvas.height = 480
  canvas.getContext('2d').drawImage(video, 0, 0)
  return canvas.toDataURL()
}"""


class Door(BaseHTTPRequestHandler):
    """One page under a strict policy, and its script."""

    def do_GET(self) -> None:
        kind, content = ("text/javascript", SCRIPT) if self.path == "/page.js" else ("text/html", PAGE)
        self.send_response(204 if self.path == "/favicon.ico" else 200)
        self.send_header("content-type", kind)
        self.send_header("content-security-policy", "default-src 'self'; connect-src *")
        self.end_headers()
        self.wfile.write(content if self.path != "/favicon.ico" else b"")

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def url():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def seen(page) -> list[str]:
    """What a reader makes of the camera's present picture."""
    picture = base64.b64decode(page.evaluate("grab()").split(",")[1])
    return [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]


def soon(ask, wanted, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while (got := ask()) != wanted and time.monotonic() < until:
        time.sleep(0.1)
    assert got == wanted


@pytest.mark.browser
def test_the_camera_shows_one_code_after_another_in_the_same_window(chromium, url, tmp_path):
    camera = Camera(tmp_path / "camera.y4m")
    camera.show("R1:0123456789ABCDEFG")
    window = chromium.open(url, camera=camera)
    window.page.goto("/")
    soon(lambda: seen(window.page), ["R1:0123456789ABCDEFG"])
    camera.show("HC1:" + "6B" * 110)
    soon(lambda: seen(window.page), ["HC1:" + "6B" * 110])
    camera.show(None)
    soon(lambda: seen(window.page), [])
    window.must_be_clean()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ("console.error('boo')", "boo"),
        ("setTimeout(() => { throw new Error('bang') })", "bang"),
        ("fetch('http://localhost:9/').catch(() => {})", "other host"),
        ("document.body.appendChild(document.createElement('style')).textContent = 'p{}'", "Content Security Policy"),
    ],
)
def test_the_watch_sees_what_a_page_must_not_do(chromium, url, wrong, word):
    window = chromium.open(url)
    window.page.goto("/")
    window.must_be_clean()
    window.page.evaluate(f"() => {{ {wrong} }}")
    window.listen(500)
    assert any(word in line for line in window.wrong), window.wrong
    with pytest.raises(AssertionError):
        window.must_be_clean()


@pytest.mark.browser
def test_a_serious_fault_of_access_is_found(chromium, url):
    window = chromium.open(url)
    window.page.goto("/")
    window.must_be_accessible()
    window.page.evaluate("() => { said.innerHTML = '<button></button>' }")
    with pytest.raises(AssertionError, match="button-name"):
        window.must_be_accessible()


@pytest.mark.browser
def test_storage_outlives_the_browser_where_the_profile_is_kept(chromium, url, tmp_path):
    for expected in (None, "kept"):
        window = chromium.open(url, profile=tmp_path / "profile")
        window.page.goto("/")
        assert window.page.evaluate("() => localStorage.getItem('word')") == expected
        window.page.evaluate("() => localStorage.setItem('word', 'kept')")
        window.close()


@pytest.mark.postgres
def test_each_database_is_new_and_empty(postgres):
    urls = [postgres.new_database() for _ in range(2)]
    assert len(set(urls)) == 2
    with psycopg.connect(urls[0], autocommit=True) as connection:
        connection.execute("create table t (n int)")
    with psycopg.connect(urls[1]) as connection:
        assert connection.execute("select count(*) from pg_tables where tablename = 't'").fetchone() == (0,)


UNSTEADY = """
import pytest
from pathlib import Path

def lost(folder, name):
    seen = Path(folder) / name
    first, _ = not seen.exists(), seen.touch()
    return first

@pytest.mark.browser
def test_a_page_that_lost_a_race_once():
    assert not lost({folder!r}, "page")

@pytest.mark.browser
def test_a_page_that_is_wrong():
    assert False

def test_a_sum():
    assert not lost({folder!r}, "sum")
"""


def test_only_a_browsers_story_is_tried_twice_and_says_so(tmp_path):
    (tmp_path / "test_given.py").write_text(UNSTEADY.format(folder=str(tmp_path)), encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "1", "--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"), str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 1
    assert "2 failed, 1 passed, 2 rerun" in told.stdout
    assert "UNSTEADY, tried again: " in told.stdout and "::test_a_page_that_lost_a_race_once" in told.stdout
    assert "FAILED" in told.stdout and "::test_a_sum" in told.stdout and "::test_a_page_that_is_wrong" in told.stdout
