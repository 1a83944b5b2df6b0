"""Made-up recordings: events like those of the stream, in every form that a replay takes, and everything that is wrong with some."""
import datetime
import gzip
import json

import pyarrow


def event(number, time=1768564000, **changes):
    """An edit that passes every check; `changes` replaces its fields, `None` removes one."""
    stamp = datetime.datetime.fromtimestamp(time, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    document = {
        "$schema": "/mediawiki/recentchange/1.0.0",
        "meta": {
            "uri": "https://en.wikipedia.org/wiki/Page", "request_id": f"r-{number}", "id": f"id-{number}", "dt": stamp,
            "domain": "en.wikipedia.org", "stream": "mediawiki.recentchange"},
        "id": number + 1, "type": "edit", "namespace": 0, "title": f"Page {number % 7}", "comment": "a comment",
        "timestamp": time, "user": f"User {number % 5}", "bot": False, "minor": False,
        "length": {"old": 100, "new": 120}, "revision": {"old": 1, "new": 2}, "server_url": "https://en.wikipedia.org",
        "server_name": "en.wikipedia.org", "wiki": "enwiki", "parsedcomment": "a comment",
    }
    document.update(changes)
    return {name: value for name, value in document.items() if value is not None}


def line(*arguments, **changes):
    return json.dumps(event(*arguments, **changes)).encode()


def lines(events):
    return b"".join(item + b"\n" for item in events)


def array(events):
    return b"[\n  " + b",\n  ".join(events) + b"\n]\n"


def frames(events):
    head = b":ok\n\n"
    return head + b"".join(b"event: message\nid: [{}]\ndata: " + item + b"\n\n" for item in events)


def zstd(data):
    return pyarrow.compress(data, codec="zstd", asbytes=True)


FORMS = {
    "lines": lines,
    "lines without the last line break": lambda events: lines(events)[:-1],
    "lines with CRLF, a byte order mark and blank lines":
        lambda events: b"\xef\xbb\xbf" + b"".join(item + b"\r\n\r\n" for item in events),
    "an array": array,
    "server-sent events": frames,
    "lines.gz": lambda events: gzip.compress(lines(events)),
    "two gzip members": lambda events: gzip.compress(lines(events[:3])) + gzip.compress(lines(events[3:])),
    "an array.gz": lambda events: gzip.compress(array(events)),
    "server-sent events.gz": lambda events: gzip.compress(frames(events)),
    "lines.zst": lambda events: zstd(lines(events)),
}

# What is wrong with a line -> the line, the quarantine it ends in, and the reason that is given there.
BROKEN = {
    "20 MB": (b'{"meta": {"id": "' + b"a" * 20_000_000 + b'"}}', "bronze", "longer than the limit"),
    "20 MB without a quote": (b"a" * 20_000_000, "bronze", "longer than the limit"),
    "invalid UTF-8": (line(900).replace(b"a comment", b"a \xff\xfe comment"), "bronze", "malformed JSON"),
    "NUL": (line(901)[:-1] + b"\0}", "bronze", "malformed JSON"),
    "NUL in the title": (line(902, title="Page\0"), "silver", "title"),
    "numbers as strings": (line(903, id="904", namespace="0", timestamp="1768564000"), "silver", "namespace"),
    "an unknown type": (line(904, type="whatever"), "silver", "type"),
    "no meta": (line(905, meta=None), "bronze", "event_id"),
    "a wrong $schema": (line(906, **{"$schema": "/mediawiki/page/edit/1.0.0"}), "silver", "schema"),
    "text": (b"this is no event", "bronze", "malformed JSON"),
    "half an event": (line(907)[:200], "bronze", "malformed JSON"),
    "a list": (b"[1, 2]", "bronze", "expected a JSON object"),
    "a number": (b"17", "bronze", "expected a JSON object"),
    "too deep": (line(908)[:-1] + b', "deep": ' + b"[" * 5000 + b"]" * 5000 + b"}", "bronze", "malformed JSON"),
    "no title": (line(909, title=None), "silver", "title"),
    "no user": (line(910, user=None), "silver", "user"),
    "a time to come": (line(911, 1800000000), "silver", "event_timestamp"),
}
