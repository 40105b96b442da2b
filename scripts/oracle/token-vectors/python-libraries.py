"""Signs one token with each algorithm that PyJWT and Authlib have, and prints them as JSON with what verifies them."""

import json

import jwt
from authlib.jose import JsonWebToken
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

CLAIMS = {
    "iss": "https://id.example.test/",
    "sub": "ada",
    "aud": ["orders", "billing"],
    "scope": "orders:read",
    "iat": 1767225600,
    "exp": 4102444800,
    "name": "Ada \u00e9\U0001f511",
}
# The sample of jwt.io, as often as the algorithm needs it.
SAMPLE = "a-string-secret-at-least-256-bits-long"
SECRETS = {"HS256": SAMPLE, "HS384": SAMPLE * 2, "HS512": SAMPLE * 2}


def key_pairs():
    large = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for alg in ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"):
        yield alg, large
    yield "ES256", ec.generate_private_key(ec.SECP256R1())
    yield "ES384", ec.generate_private_key(ec.SECP384R1())
    yield "ES512", ec.generate_private_key(ec.SECP521R1())
    yield "EdDSA", ed25519.Ed25519PrivateKey.generate()


def vectors():
    for alg, secret in SECRETS.items():
        yield "PyJWT", alg, jwt.encode(CLAIMS, secret, algorithm=alg), {"kind": "secret", "text": secret}
        token = JsonWebToken([alg]).encode({"alg": alg, "typ": "JWT"}, CLAIMS, secret.encode())
        yield "Authlib", alg, token.decode(), {"kind": "secret", "text": secret}
    for alg, private in key_pairs():
        public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        key = {"kind": "pem", "text": public}
        yield "PyJWT", alg, jwt.encode(CLAIMS, pem, algorithm=alg, headers={"kid": "k1"}), key
        yield "Authlib", alg, JsonWebToken([alg]).encode({"alg": alg, "typ": "at+jwt"}, CLAIMS, pem).decode(), key


print(json.dumps([{"library": library, "alg": alg, "token": token, "key": key} for library, alg, token, key in vectors()]))
