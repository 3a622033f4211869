"""Run as a program: a small OpenID Connect provider on loopback, by the published standard; prints its address.

It asks for the address of the person and, in a second box, for what is to be wrong with its answer: see ``WRONG``.
Authorisation code flow with PKCE; ids signed with RS256. Under /imposter it names an issuer that it is not.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import sys
import time
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "hearth", "a made-up secret: of the test"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
GIVEN: dict[str, dict[str, str]] = {}
"""What was asked for each code that was given out and not used."""
TOKENS: dict[str, dict[str, Any]] = {}
"""Whom each access token speaks for."""
WRONG: dict[str, dict[str, Any]] = {
    "": {},
    "issuer": {"iss": "https://elsewhere.example"},
    "nonce": {"nonce": "of-another-try"},
    "no nonce": {"nonce": None},
    "audience": {"aud": "another-client"},
    "too old": {"exp": 1},
    "two people": {},
    "no proof": {},
    "address not verified": {"email_verified": False},
    "address not spoken of": {"email_verified": None},
}


class Provider(BaseHTTPRequestHandler):
    """Answers as the standard says."""

    def log_message(self, *_: Any) -> None:
        pass

    @property
    def issuer(self) -> str:
        host, port = self.server.server_address[:2]
        return f"http://localhost:{port}" if host else ""

    def do_GET(self) -> None:
        at = urlsplit(self.path)
        if at.path.endswith("/.well-known/openid-configuration"):
            self.say(self.about())
        elif at.path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self.say({"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]})
        elif at.path == "/authorize":
            self.ask(dict(parse_qsl(at.query)))
        elif at.path == "/userinfo":
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            self.say(TOKENS.get(token, {"error": "invalid_token"}), 200 if token in TOKENS else 401)
        else:
            self.say({}, 404)

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(sent, keep_blank_values=True).items()}
        if self.path == "/person":
            self.give_code(form)
        elif self.path == "/token":
            self.give_token(form)
        else:
            self.say({}, 404)

    def about(self) -> dict[str, Any]:
        paths = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        return {
            "issuer": self.issuer,
            **{f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in paths.items()},
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
        }

    def ask(self, asked: dict[str, str]) -> None:
        """The provider's own page of signing in; refuses a request that the standard would have it refuse."""
        needed = {"client_id": CLIENT, "response_type": "code", "code_challenge_method": "S256"}
        if any(asked.get(name) != value for name, value in needed.items()) or "openid" not in asked["scope"].split():
            self.say({"error": "invalid_request"}, 400)
            return
        kept = "".join(f'<input type="hidden" name="{k}" value="{escape(v)}">' for k, v in asked.items())
        boxes = '<label>Address <input name="address"></label><label>Wrong <input name="wrong"></label>'
        page = f"<title>Provider</title><form method=post action=/person>{kept}{boxes}<button>Go on</button></form>"
        self.send(200, page.encode(), "text/html")

    def give_code(self, form: dict[str, str]) -> None:
        back = {"state": form["state"], "code": secrets.token_urlsafe(16)}
        if form["wrong"] == "cancelled":
            back = {"state": form["state"], "error": "access_denied"}
        else:
            GIVEN[back["code"]] = form
        self.send_response(302)
        self.send_header("Location", f"{form['redirect_uri']}?{urlencode(back)}")
        self.end_headers()

    def give_token(self, form: dict[str, str]) -> None:
        asked = GIVEN.pop(form.get("code", ""), None)
        challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(challenge).decode().rstrip("=")
        if (
            asked is None
            or (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET)
            or (asked["code_challenge"], asked["redirect_uri"]) != (proof, form.get("redirect_uri"))
        ):
            self.say({"error": "invalid_grant"}, 400)
            return
        self.say(self.token_for(asked))

    def token_for(self, asked: dict[str, str]) -> dict[str, Any]:
        wrong, token = asked["wrong"], secrets.token_urlsafe(16)
        person = {"sub": f"sub-{asked['address']}", "email": asked["address"], "email_verified": True}
        times = {"iat": int(time.time()), "exp": int(time.time()) + 300}
        claims = {**person, **times, "iss": self.issuer, "aud": CLIENT, "nonce": asked.get("nonce"), **WRONG[wrong]}
        claims = {name: value for name, value in claims.items() if value is not None}
        TOKENS[token] = {name: claims[name] for name in person if name in claims}
        if wrong == "two people":
            TOKENS[token]["sub"] = "sub-of-another"
        answer = {"access_token": token, "token_type": "Bearer", "expires_in": 300}
        proof = {"id_token": jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "1"})}
        return answer if wrong == "no proof" else answer | proof

    def say(self, said: dict[str, Any], status: int = 200) -> None:
        self.send(status, json.dumps(said).encode(), "application/json")

    def send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    served = ThreadingHTTPServer(("localhost", 0), Provider)
    sys.stdout.write(f"http://localhost:{served.server_address[1]}\n")
    sys.stdout.flush()
    served.serve_forever()
