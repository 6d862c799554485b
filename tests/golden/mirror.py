"""A mirror that misbehaves, for fetch.t: serves the files of a folder on a free port of loopback.

    python3 mirror.py FOLDER > address

    /good/NAME      the file
    /wrong/NAME     the file with its last byte changed
    /short/NAME     half of the file, announced as such
    /cut/NAME       the file announced, half of it sent, then the connection cut
    /long/NAME      the file and some more
    /moved/NAME     a redirect to /good/NAME
    /loop/NAME      a redirect to itself
    anything else   404
"""
import http.server
import pathlib
import sys


class Mirror(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        _, way, name = self.path.split("/", 2)
        file = pathlib.Path(sys.argv[1], name)
        if way == "moved":
            self.redirect(f"/good/{name}")
        elif way == "loop":
            self.redirect(self.path)
        elif way not in ("good", "wrong", "short", "cut", "long") or not file.is_file():
            self.send_error(404)
        else:
            self.send(way, file.read_bytes())

    def redirect(self, to):
        self.send_response(302)
        self.send_header("Location", to)
        self.end_headers()

    def send(self, way, content):
        if way == "wrong":
            content = content[:-1] + bytes([content[-1] ^ 1])
        elif way == "short":
            content = content[: len(content) // 2]
        elif way == "long":
            content += b"more"
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if way == "cut" else content)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
