"""What the gateway does, small: routes `/<service>/…` to the service's port, everything else to the desk."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

HOP_BY_HOP = {"connection", "transfer-encoding", "content-encoding", "content-length", "keep-alive"}


class Gateway:
    """Listens on a free port of loopback until closed."""

    def __init__(self, ports: Mapping[str, int]) -> None:
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                first = self.path.split("?")[0].split("/")[1:2]
                port = ports.get(first[0] if first else "", ports["desk"])
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                given = {n: v for n, v in self.headers.items() if n.lower() not in HOP_BY_HOP}
                try:
                    answer = requests.request(
                        self.command, f"http://127.0.0.1:{port}{self.path}", data=body, headers=given, timeout=30,
                        allow_redirects=False,
                    )  # fmt: skip
                    status, content = answer.status_code, answer.content
                    headers = list(answer.raw.headers.items())  # each cookie for itself
                except requests.RequestException:
                    status, content, headers = 503, b"{}", [("Content-Type", "application/problem+json")]
                self.send_response(status)
                for name, value in headers:
                    if name.lower() not in HOP_BY_HOP:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_DELETE = handle_any  # noqa: N815

            def log_message(self, *_: object) -> None:
                gateway.served += 1

        self.served = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
