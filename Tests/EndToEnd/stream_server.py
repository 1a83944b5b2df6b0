"""A server of server-sent events on 127.0.0.1 whose every connection follows a script: what it sends, where it cuts, what it refuses."""
import json
import socket
import threading
import time


class Request:
    """What a client asked for, and when."""

    def __init__(self, head):
        lines = head.decode("latin-1").split("\r\n")
        self.path = lines[0].split(" ")[1]
        self.headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:] if ": " in line)}
        self.time = time.monotonic()

    @property
    def last_event_id(self):
        return self.headers.get("last-event-id")


class Connection:
    """What a script does with one connection. Chunked, as the real stream comes."""

    def __init__(self, sock, server):
        self.sock = sock
        self.server = server

    def start(self, content_type="text/event-stream; charset=utf-8", status="200 OK", headers=""):
        self.sock.sendall(
            f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nTransfer-Encoding: chunked\r\n{headers}\r\n".encode())

    def send(self, data):
        if data:
            self.sock.sendall(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def end(self):
        """A proper end; without it the connection is cut."""
        self.sock.sendall(b"0\r\n\r\n")

    def refuse(self, status, body="", headers="", content_type="text/plain"):
        data = body.encode()
        self.sock.sendall(
            f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(data)}\r\n{headers}\r\n".encode() + data)

    def hold(self):
        """Keeps the connection open and silent until the client goes away or the server stops."""
        self.sock.settimeout(0.1)
        while not self.server.stopping:
            try:
                if self.sock.recv(1) == b"":
                    return
            except TimeoutError:
                continue
            except OSError:
                return


class StreamServer:
    """Runs `script(number, request, connection)` for each connection, `number` counting from 0."""

    def __init__(self, script):
        self.script = script
        self.requests = []
        self.errors = []
        self.stopping = False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}/v2/stream/recentchange"
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stopping = True
        self.listener.close()
        assert not self.errors, self.errors

    def accept(self):
        while not self.stopping:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(sock,), daemon=True).start()

    def serve(self, sock):
        with sock:
            head = b""
            while b"\r\n\r\n" not in head:
                part = sock.recv(65536)
                if not part:
                    return
                head += part
            request = Request(head)
            self.requests.append(request)
            try:
                self.script(len(self.requests) - 1, request, Connection(sock, self))
            except (BrokenPipeError, ConnectionResetError):
                pass
            except Exception as error:  # a script's assertion: the test shall fail, not only the connection
                self.errors.append(repr(error))


def event_id(time_ms):
    """An id as Wikimedia's server gives it: the record's timestamp + 1 ms, for each topic."""
    return json.dumps([
        {"topic": "eqiad.mediawiki.recentchange", "partition": 0, "timestamp": time_ms + 1},
        {"topic": "codfw.mediawiki.recentchange", "partition": 0, "offset": -1}])


def frame(data, time_ms, event_type="message"):
    return b"event: %s\nid: %s\ndata: %s\n\n" % (event_type.encode(), event_id(time_ms).encode(), data)


def time_in(last_event_id):
    """The timestamp in an id, None where there is none."""
    return next((part["timestamp"] for part in json.loads(last_event_id) if "timestamp" in part), None)
