"""A tax service of our own on 127.0.0.1: the real one's paths, bodies, answers and errors, over real HTTP.

`POST /status` and `POST /validate` with `serviceKey` in the address. The limit of 100, the two error shapes
(`{"code": -4, "msg"}` for keys, `{"status_code": "BAD_JSON_REQUEST"}` for the rest) and empty codes for a
number that is not registered follow the published description. `mood` makes it misbehave.
"""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

KEY = "a+key/of=tests=="
LIMIT = 100
NOT_REGISTERED = "국세청에 등록되지 않은 사업자등록번호입니다."
STATES = {"01": "계속사업자", "02": "휴업자", "03": "폐업자"}


class TaxServer(ThreadingHTTPServer):
    """`businesses`: number -> {"state", "start_dt", "p_nm", "end_dt"}; `seen`: (path, body) of requests."""

    daemon_threads = True

    def __init__(self, businesses):
        super().__init__(("127.0.0.1", 0), Handler)
        self.businesses, self.seen, self.mood, self.slow = businesses, [], "", 0.0

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/api/nts-businessman/v1"


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_args):
        pass

    def do_POST(self):
        address = urlsplit(self.path)
        name = address.path.removeprefix("/api/nts-businessman/v1/")
        raw = self.rfile.read(int(self.headers["Content-Length"] or 0))
        time.sleep(self.server.slow)
        key = parse_qs(address.query).get("serviceKey", [""])[0]
        if key != KEY:
            wrong = (-4, "등록되지 않은 인증키 입니다.") if key else (-401, "인증키는 필수 항목 입니다.")
            return self.say(401, dict(zip(("code", "msg"), wrong, strict=True)))
        if self.server.mood:
            return self.misbehave(self.server.mood)
        if name not in ("status", "validate"):
            return self.say(404, {"status_code": "HTTP_ERROR"})
        try:
            body = json.loads(raw)
            rows = body["b_no" if name == "status" else "businesses"]
        except (ValueError, KeyError, TypeError):
            return self.say(400, {"status_code": "BAD_JSON_REQUEST"})
        self.server.seen.append((name, body))
        if len(rows) > LIMIT:
            return self.say(413, {"status_code": "TOO_LARGE_REQUEST"})
        return self.answer(name, rows)

    def answer(self, name, rows):
        if name == "status":
            data = [self.status(number) for number in rows]
            known = sum(bool(row["b_stt_cd"]) for row in data)
            return self.say(
                200, {"status_code": "OK", "match_cnt": known, "request_cnt": len(rows), "data": data}
            )
        if any(not (row.get("b_no") and row.get("start_dt") and row.get("p_nm")) for row in rows):
            return self.say(411, {"status_code": "REQUEST_DATA_MALFORMED"})
        data = [self.validity(row) for row in rows]
        return self.say(200, {"status_code": "OK", "request_cnt": len(rows), "data": data})

    def status(self, number):
        known = self.server.businesses.get(number)
        state = known["state"] if known else ""
        return {
            "b_no": number,
            "b_stt": STATES.get(state, ""),
            "b_stt_cd": state,
            "tax_type": "부가가치세 일반과세자" if known else NOT_REGISTERED,
            "tax_type_cd": "01" if known else "",
            "end_dt": known.get("end_dt", "") if known else "",
            "utcc_yn": "N" if known else "",
            "tax_type_change_dt": "",
            "invoice_apply_dt": "",
        }

    def validity(self, row):
        known = self.server.businesses.get(row["b_no"])
        if known and (known["start_dt"], known["p_nm"]) == (row["start_dt"], row["p_nm"]):
            return {
                "b_no": row["b_no"],
                "valid": "01",
                "request_param": row,
                "status": self.status(row["b_no"]),
            }
        return {"b_no": row["b_no"], "valid": "02", "valid_msg": "확인할 수 없습니다.", "request_param": row}

    def misbehave(self, mood):
        if mood == "half":  # the connection ends in the middle of the answer
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"status_code": "OK", "data": [')
            return None
        bodies = {
            "garbage": (200, b"<html>maintenance</html>"),
            "empty": (200, b""),
            "list": (200, b"[]"),
            "nobody": (200, b'{"status_code": "OK", "data": []}'),
            "new_code": (200, b'{"status_code": "OK", "data": [{"b_no": "1234567891", "b_stt_cd": "09"}]}'),
            "key_in_200": (200, b'{"code": -4, "msg": "no such key"}'),
            "huge": (200, b" " * 1_100_000),
            "busy": (429, b"slow down"),
            "broken": (500, b'{"status_code": "INTERNAL_ERROR"}'),
            "gateway": (502, b"<html>bad gateway</html>"),
            "moved": (302, b""),
        }
        status, body = bodies[mood]
        return self.raw(status, body)

    def say(self, status, body):
        self.raw(status, json.dumps(body, ensure_ascii=False).encode())

    def raw(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def tax_server(businesses):
    """A running server; `with tax_server({...}) as server`."""
    server = TaxServer(businesses)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
