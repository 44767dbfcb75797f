"""Ed25519 keys and signatures of receipts, as PEM text and bytes."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

ID_DIGITS = 32


class KeyFileError(ValueError):
    """A file that holds no Ed25519 key."""


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """A public key; `id` is the start of the SHA-256 (hex) of its 32 bytes."""

    key: Ed25519PublicKey

    @classmethod
    def from_pem(cls, pem: bytes) -> "VerifyKey":
        """Read from PEM; KeyFileError when it is no Ed25519 public key."""
        try:
            key = load_pem_public_key(pem)
        except (ValueError, UnsupportedAlgorithm) as error:
            raise KeyFileError(f"is no public key in PEM: {error}") from error
        if not isinstance(key, Ed25519PublicKey):
            raise KeyFileError("is a public key, but not an Ed25519 one")
        return cls(key)

    @property
    def id(self) -> str:
        """How receipts name the key."""
        return sha256(self.key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:ID_DIGITS]

    def pem(self) -> str:
        """The key as PEM text (SubjectPublicKeyInfo), as openssl reads it."""
        return self.key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def made(self, signature: str, content: bytes) -> bool:
        """Whether `signature` (base64) is this key's signature of `content`."""
        try:
            self.key.verify(b64decode(signature, validate=True), content)
        except (InvalidSignature, Base64Error, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key; it never leaves its file and this process."""

    key: Ed25519PrivateKey

    @classmethod
    def new(cls) -> "SigningKey":
        """A fresh key from the system's randomness."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_pem(cls, pem: bytes) -> "SigningKey":
        """Read from PEM without a password; KeyFileError when it is no Ed25519 private key."""
        try:
            key = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise KeyFileError(f"is no private key in PEM without a password: {error}") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise KeyFileError("is a private key, but not an Ed25519 one")
        return cls(key)

    @property
    def public(self) -> VerifyKey:
        """Its public half."""
        return VerifyKey(self.key.public_key())

    def pem(self) -> bytes:
        """The key as PEM (PKCS #8, no password)."""
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def sign(self, content: bytes) -> str:
        """The signature (base64) of `content`."""
        return b64encode(self.key.sign(content)).decode()
