# WEBHOOK_SECRET=whsec_... python3 receive.py
import base64, hashlib, hmac, os, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))


def is_genuine(headers, body):
    id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    # Five minutes: what somebody has recorded is worth nothing later.
    if abs(time.time() - int(timestamp)) > 300:
        return False
    signed = f"{id}.{timestamp}.".encode() + body
    expected = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest())
    # Two signatures while the secret is rotated.
    given = [one.removeprefix("v1,").encode() for one in headers["webhook-signature"].split()]
    return any(hmac.compare_digest(expected, one) for one in given)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        # The bytes as they came: JSON that was parsed and written again has another signature.
        body = self.rfile.read(min(int(self.headers["content-length"]), 65536))
        try:
            genuine = is_genuine(self.headers, body)
        except (KeyError, TypeError, ValueError, AttributeError):
            genuine = False
        if genuine:
            # Keep it, known by this id, and work on it after the answer.
            print(self.headers["webhook-id"], body.decode(), flush=True)
        self.send_response(204 if genuine else 401)
        self.end_headers()

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "9000"))), Receiver).serve_forever()
