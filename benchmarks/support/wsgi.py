"""A client that costs next to nothing: requests go into the server's own WSGI application, in this process."""

import json
from io import BytesIO
from typing import Any


class Answer:
    """What came back."""

    def __init__(self, status: str, content: bytes):
        self.status_code, self.content = int(status.split(" ", 1)[0]), content

    def json(self) -> Any:
        return json.loads(self.content)


class Wsgi:
    """Posts as a phone does, over the application that a server would run."""

    def __init__(self, host: str = "localhost"):
        from zhegu.config.wsgi import application

        self.application, self.host = application, host

    def post(self, path: str, raw: bytes, content_type: str, headers: dict[str, str]) -> Answer:
        status: list[str] = []
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "", "SERVER_NAME": self.host,
            "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "CONTENT_TYPE": content_type,
            "CONTENT_LENGTH": str(len(raw)), "HTTP_HOST": self.host, "wsgi.input": BytesIO(raw), "wsgi.url_scheme": "http",
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
        }  # fmt: skip
        answer = self.application(environ, lambda said, _, __=None: status.append(said))
        try:
            return Answer(status[0], b"".join(answer))
        finally:
            answer.close()
