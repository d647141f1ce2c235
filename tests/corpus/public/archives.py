"""A small repository, and a server that serves its archive, in pieces if need be."""

import io
import tarfile
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REPORT = """---
title: 禾川市2023年政府工作报告
---

# 政府工作报告

——2023年1月5日在**禾川市**人民代表大会上

> 各位代表：

## 一、今年工作回顾

### （一）办好民生实事，让群众住得更安心

{body}

---
（二）短。不够长。
"""
BODY = "老旧小区改造开工三十处，加装电梯一百部，停车难的巷子挖出新车位。" * 5
FILES = {
    "政府工作报告-国务院/1999.md": "**报告**\n\n各位代表：\n",
    "政府工作报告-主要城市/禾川市/2023.md": REPORT.format(body=BODY),
    "政府工作报告-各地/石泷省/2020.md": "报告\n",
    "政府工作报告-各地/青屿州/2021-补.md": "报告\n",
    "五年规划/2021.md": "规划\n",
    "README.md": "说明\n",
}


def pack(files, *, members=()):
    """Return a .tar.gz as a host makes it: one folder around the files."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, text in files.items():
            add(tar, f"gov-fc1a2f6/{name}", text.encode())
        for member in members:
            tar.addfile(member)
    return buffer.getvalue()


def add(tar, name, data):
    member = tarfile.TarInfo(name)
    member.size = len(data)
    tar.addfile(member, io.BytesIO(data))


@contextmanager
def serve(content, *, cut_after=None, ranges=True, cuts=1):
    """Serve bytes under every path; cut the first `cuts` answers after `cut_after` bytes.

    Yields the address and the list of the Range headers that came.
    """
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            wanted = self.headers.get("Range")
            seen.append(wanted)
            begin = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and ranges else 0
            if begin >= len(content):
                self.send_error(416)
                return
            self.send_response(206 if begin else 200)
            self.send_header("Content-Length", str(len(content) - begin))
            self.send_header("ETag", '"one"')
            self.end_headers()
            end = begin + cut_after if cut_after and len(seen) <= cuts else None
            self.wfile.write(content[begin:end])

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()
