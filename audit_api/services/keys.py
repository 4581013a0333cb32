"""The keys of the installation, all derived from its one secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Keys:
    """`storage` signs upload tickets and photo links; `sign` signs receipts for phones.

    Receipts are compact JWS (RFC 7515) with EdDSA (RFC 8037): any phone can check one with the
    public key of `public_jwk`, and nobody without the secret can make one.
    """

    def __init__(self, secret: str) -> None:
        self.storage = _derive(secret, b"storage")
        self._requests = _derive(secret, b"requests")
        self._receipts = Ed25519PrivateKey.from_private_bytes(_derive(secret, b"receipts"))
        public = self._receipts.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )
        self.receipt_key_id = hashlib.sha256(public).hexdigest()[:16]
        self._public = _base64(public)
        self._header = _base64(
            json.dumps({"alg": "EdDSA", "kid": self.receipt_key_id, "typ": "JWT"}).encode()
        )

    def sign(self, payload: bytes) -> str:
        """Return the compact JWS of `payload`."""
        signing_input = f"{self._header}.{_base64(payload)}"
        return f"{signing_input}.{_base64(self._receipts.sign(signing_input.encode()))}"

    def digest(self, data: bytes) -> str:
        """Return a keyed digest, which tells whether two requests are equal and a thief nothing."""
        return hmac.new(self._requests, data, hashlib.sha256).hexdigest()

    def public_jwk(self) -> dict[str, Any]:
        """Return the public key that checks receipts, as a JSON Web Key."""
        return {
            "kty": "OKP",
            "crv": "Ed25519",
            "use": "sig",
            "alg": "EdDSA",
            "kid": self.receipt_key_id,
            "x": self._public,
        }


def _derive(secret: str, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
