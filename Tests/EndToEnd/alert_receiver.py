"""Slack's webhook, SNS and a heartbeat monitor in one local server that keeps what it gets."""
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/never-shown"
WEBHOOK_SECRET = "T0/B0/never-shown"
TOPIC = "arn:aws:sns:eu-west-1:123456789012:wikiguard"


class AlertReceiver:
    """Use as a context manager; `slack` and `sns` hold the messages, `down` makes paths fail."""

    def __init__(self):
        self.slack, self.sns, self.heartbeats, self.down = [], [], 0, set()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                receiver.heartbeats += self.path == "/heartbeat"
                self.answer(200, "ok")

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                if self.path in receiver.down:
                    return self.answer(503, "down")
                if self.path == f"/slack/{WEBHOOK_SECRET}":
                    receiver.slack.append(json.loads(body)["text"])
                    return self.answer(200, "ok")
                if self.path == "/sns":
                    wrong = why_not_signed(self.headers, "POST", self.path, body)
                    if wrong:
                        return self.answer(403, f"<Error><Code>SignatureDoesNotMatch</Code><Message>{wrong}</Message></Error>")
                    receiver.sns.append({key: values[0] for key, values in parse_qs(body).items()})
                    return self.answer(200, "<PublishResponse/>")
                self.answer(404, "what is this?")

            def answer(self, status, text):
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def variables(self):
        """What turns Slack and SNS on and leads them here."""
        return {
            "WIKIGUARD_ALERTS_CHANNELS_SLACK_FROM": "warning",
            "WIKIGUARD_SLACK_WEBHOOK_URL": f"{self.url}/slack/{WEBHOOK_SECRET}",
            "WIKIGUARD_ALERTS_CHANNELS_SNS_FROM": "critical",
            "WIKIGUARD_ALERTS_CHANNELS_SNS_TOPIC_ARN": TOPIC,
            "WIKIGUARD_ALERTS_CHANNELS_SNS_ENDPOINT": f"{self.url}/sns",
            "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        }

    def taken(self):
        """The first lines of Slack's messages and the subjects of SNS's since the last call."""
        result = [text.splitlines()[0].strip("*") for text in self.slack], [form["Subject"] for form in self.sns]
        self.slack, self.sns = [], []
        return result


def why_not_signed(headers, method, url, body):
    """None when the request is signed as Signature Version 4 wants, else what is wrong. By botocore where it is at hand, and by the
    specification's steps in any case."""
    authorization = headers.get("Authorization", "")
    if not authorization.startswith("AWS4-HMAC-SHA256 "):
        return "no signature"
    fields = dict(part.strip().split("=", 1) for part in authorization.removeprefix("AWS4-HMAC-SHA256 ").split(","))
    access, date, region, service, _ = fields["Credential"].split("/")
    if (access, region, service) != ("AKIDEXAMPLE", "eu-west-1", "sns"):
        return f"scope {fields['Credential']}"
    names = fields["SignedHeaders"].split(";")
    if not {"host", "x-amz-date", "content-type"} <= set(names):
        return f"signed are only {names}"
    canonical = "\n".join([
        method, urlsplit(url).path, "", "".join(f"{name}:{' '.join(headers[name].split())}\n" for name in names),
        ";".join(names), hashlib.sha256(body.encode()).hexdigest()])
    to_sign = "\n".join([
        "AWS4-HMAC-SHA256", headers["X-Amz-Date"], f"{date}/{region}/{service}/aws4_request",
        hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + SECRET_KEY).encode()
    for part in (date, region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    expected = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    if fields["Signature"] != expected:
        return f"signature {fields['Signature']}, not {expected}"
    return botocore_disagrees(headers, method, url, body, names, expected)


def botocore_disagrees(headers, method, url, body, names, signature):
    try:
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials
    except ImportError:
        return None
    request = AWSRequest(method=method, url=f"http://{headers['Host']}{url}", data=body)
    for name in names:
        request.headers[name] = headers[name]
    request.context["timestamp"] = headers["X-Amz-Date"]
    auth = SigV4Auth(Credentials("AKIDEXAMPLE", SECRET_KEY), "sns", "eu-west-1")
    theirs = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    return None if theirs == signature else f"botocore signs {theirs}"
