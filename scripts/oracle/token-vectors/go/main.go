// Signs one token with each algorithm that golang-jwt and go-jose have, and prints them as JSON with what verifies them.
package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"

	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"
)

type key struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

type vector struct {
	Library string `json:"library"`
	Alg     string `json:"alg"`
	Token   string `json:"token"`
	Key     key    `json:"key"`
}

// The sample of jwt.io, as often as the algorithm needs it.
const sample = "a-string-secret-at-least-256-bits-long"

var claims = jwt.MapClaims{
	"iss": "https://id.example.test/", "sub": "ada", "aud": []string{"orders", "billing"}, "scope": "orders:read",
	"iat": 1767225600, "exp": 4102444800, "name": "Ada é🔑",
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func sign(alg string, private any, public key) []vector {
	withGolangJwt := must(jwt.NewWithClaims(jwt.GetSigningMethod(alg), claims).SignedString(private))
	options := (&jose.SignerOptions{}).WithType("JWT").WithHeader("kid", "k1")
	signer := must(jose.NewSigner(jose.SigningKey{Algorithm: jose.SignatureAlgorithm(alg), Key: private}, options))
	withGoJose := must(must(signer.Sign(must(json.Marshal(claims)))).CompactSerialize())
	return []vector{{"golang-jwt", alg, withGolangJwt, public}, {"go-jose", alg, withGoJose, public}}
}

func pair(alg string, private crypto.Signer) []vector {
	der := must(x509.MarshalPKIXPublicKey(private.Public()))
	text := string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
	return sign(alg, private, key{"pem", text})
}

func main() {
	var all []vector
	for alg, secret := range map[string]string{"HS256": sample, "HS384": sample + sample, "HS512": sample + sample} {
		all = append(all, sign(alg, []byte(secret), key{"secret", secret})...)
	}
	large := must(rsa.GenerateKey(rand.Reader, 2048))
	for _, alg := range []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"} {
		all = append(all, pair(alg, large)...)
	}
	for alg, curve := range map[string]elliptic.Curve{"ES256": elliptic.P256(), "ES384": elliptic.P384(), "ES512": elliptic.P521()} {
		all = append(all, pair(alg, must(ecdsa.GenerateKey(curve, rand.Reader)))...)
	}
	_, edwards, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(err)
	}
	all = append(all, pair("EdDSA", edwards)...)
	if err := json.NewEncoder(os.Stdout).Encode(all); err != nil {
		panic(err)
	}
}
