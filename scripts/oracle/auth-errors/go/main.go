// Errors as the JWT libraries of Go print them: each is a real call that is refused. Prints one JSON object a line.
package main

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	jose "github.com/go-jose/go-jose/v4"
	josejwt "github.com/go-jose/go-jose/v4/jwt"
	"github.com/golang-jwt/jwt/v5"
	"github.com/lestrrat-go/jwx/v2/jwa"
	jwx "github.com/lestrrat-go/jwx/v2/jwt"
)

func row(lib, explanation string, err error) {
	if err == nil {
		panic(lib + " accepted what it should refuse: " + explanation)
	}
	json.NewEncoder(os.Stdout).Encode(map[string]string{"library": lib, "explanation": explanation, "text": err.Error()})
}
func main() {
	b := make([]byte, 40)
	rand.Read(b)
	s := []byte(base64.StdEncoding.EncodeToString(b))
	rand.Read(b)
	o := []byte(base64.StdEncoding.EncodeToString(b))
	now := time.Now()
	mk := func(c jwt.MapClaims, k []byte) string {
		t, _ := jwt.NewWithClaims(jwt.SigningMethodHS256, c).SignedString(k)
		return t
	}
	base := func(x jwt.MapClaims) jwt.MapClaims {
		c := jwt.MapClaims{"sub": "ada", "iss": "https://issuer.example.com/", "aud": "orders-api", "exp": now.Add(10 * time.Minute).Unix()}
		for k, v := range x {
			c[k] = v
		}
		return c
	}
	kf := func(k any) jwt.Keyfunc { return func(*jwt.Token) (any, error) { return k, nil } }
	L := "golang-jwt"
	_, e := jwt.Parse(mk(base(jwt.MapClaims{"exp": now.Add(-time.Hour).Unix()}), s), kf(s))
	row(L, "token/expired", e)
	_, e = jwt.Parse(mk(base(jwt.MapClaims{"nbf": now.Add(time.Hour).Unix()}), s), kf(s))
	row(L, "token/not-yet-valid", e)
	_, e = jwt.Parse(mk(base(jwt.MapClaims{"iat": now.Add(time.Hour).Unix()}), s), kf(s), jwt.WithIssuedAt())
	row(L, "token/not-yet-valid", e)
	_, e = jwt.Parse(mk(base(nil), s), kf(o))
	row(L, "token/signature-invalid", e)
	_, e = jwt.Parse(mk(base(nil), s), kf(s), jwt.WithValidMethods([]string{"RS256"}))
	row(L, "token/algorithm-refused", e)
	_, e = jwt.Parse(mk(base(nil), s), kf(s), jwt.WithAudience("x"))
	row(L, "token/audience-refused", e)
	_, e = jwt.Parse(mk(base(nil), s), kf(s), jwt.WithIssuer("x"))
	row(L, "token/issuer-refused", e)
	_, e = jwt.Parse(mk(jwt.MapClaims{"iss": "a"}, s), kf(s), jwt.WithSubject("ada"))
	row(L, "token/subject-missing", e)
	_, e = jwt.Parse("nonsense", kf(s))
	row(L, "token/malformed", e)
	_, e = jwt.Parse("", kf(s))
	row(L, "token/malformed", e)
	_, e = jwt.Parse(mk(base(nil), s), kf("a string"))
	row(L, "token/key-kind-wrong", e)
	_, e = jwt.NewWithClaims(jwt.SigningMethodRS256, base(nil)).SignedString(s)
	row(L, "token/key-kind-wrong", e)
	_, e = jwt.Parse(mk(base(nil), s), func(*jwt.Token) (any, error) { return nil, fmt.Errorf("key not found") })
	row(L, "token/key-unknown", e)
	pk, _ := rsa.GenerateKey(rand.Reader, 2048)
	L = "go-jose"
	t, e := josejwt.ParseSigned(mk(base(nil), s), []jose.SignatureAlgorithm{jose.HS256})
	if e != nil {
		panic(e)
	}
	var m map[string]any
	row(L, "token/signature-invalid", t.Claims(o, &m))
	_, e = josejwt.ParseSigned(mk(base(nil), s), []jose.SignatureAlgorithm{jose.RS256})
	row(L, "token/algorithm-refused", e)
	_, e = josejwt.ParseSigned("nonsense", []jose.SignatureAlgorithm{jose.RS256})
	row(L, "token/malformed", e)
	var c josejwt.Claims
	t.Claims(s, &c)
	row(L, "token/issuer-refused", c.ValidateWithLeeway(josejwt.Expected{Issuer: "x"}, 0))
	row(L, "token/audience-refused", c.ValidateWithLeeway(josejwt.Expected{AnyAudience: josejwt.Audience{"x"}}, 0))
	row(L, "token/subject-refused", c.ValidateWithLeeway(josejwt.Expected{Subject: "x"}, 0))
	row(L, "token/expired", c.ValidateWithLeeway(josejwt.Expected{Time: now.Add(time.Hour)}, 0))
	L = "jwx"
	p := func(tok string, k []byte, opts ...jwx.ParseOption) error {
		_, e := jwx.Parse([]byte(tok), append([]jwx.ParseOption{jwx.WithKey(jwa.HS256, k)}, opts...)...)
		return e
	}
	row(L, "token/expired", p(mk(base(jwt.MapClaims{"exp": now.Add(-time.Hour).Unix()}), s), s))
	row(L, "token/not-yet-valid", p(mk(base(jwt.MapClaims{"nbf": now.Add(time.Hour).Unix()}), s), s))
	row(L, "token/signature-invalid", p(mk(base(nil), s), o))
	row(L, "token/audience-refused", p(mk(base(nil), s), s, jwx.WithAudience("x")))
	row(L, "token/issuer-refused", p(mk(base(nil), s), s, jwx.WithIssuer("x")))
	row(L, "token/subject-missing", p(mk(jwt.MapClaims{"iss": "a"}, s), s, jwx.WithRequiredClaim("sub")))
	row(L, "token/malformed", p("nonsense", s))
	L = "go-oidc"
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/.well-known/openid-configuration" {
			fmt.Fprintf(w, `{"issuer":"https://elsewhere.example.com","jwks_uri":"http://%s/keys"}`, r.Host)
			return
		}
		w.Header().Set("content-type", "application/json")
		fmt.Fprint(w, `{"keys":[]}`)
	}))
	_, e = oidc.NewProvider(context.Background(), srv.URL)
	row(L, "token/issuer-refused", e)
	_, e = oidc.NewProvider(context.Background(), srv.URL+"/x/..")
	_ = e
	_, e = oidc.NewProvider(context.Background(), "http://127.0.0.1:9")
	row(L, "token/discovery-failed", e)
	rs := func(x jwt.MapClaims) string {
		tk := jwt.NewWithClaims(jwt.SigningMethodRS256, base(x))
		tk.Header["kid"] = "key-2025"
		z, _ := tk.SignedString(pk)
		return z
	}
	ks := &oidc.StaticKeySet{PublicKeys: []crypto.PublicKey{pk.Public()}}
	vf := func(iss, aud string, tok string) error {
		_, e := oidc.NewVerifier(iss, ks, &oidc.Config{ClientID: aud}).Verify(context.Background(), tok)
		return e
	}
	other, _ := rsa.GenerateKey(rand.Reader, 2048)
	sx, _ := jwt.NewWithClaims(jwt.SigningMethodRS256, base(nil)).SignedString(other)
	row(L, "token/signature-invalid", vf("https://issuer.example.com/", "orders-api", sx))
	row(L, "token/audience-refused", vf("https://issuer.example.com/", "x", rs(nil)))
	row(L, "token/issuer-refused", vf("https://x", "orders-api", rs(nil)))
	row(L, "token/expired", vf("https://issuer.example.com/", "orders-api", rs(jwt.MapClaims{"exp": now.Add(-time.Hour).Unix()})))
	row(L, "token/algorithm-refused", vf("https://issuer.example.com/", "orders-api", mk(base(nil), s)))
	row(L, "token/malformed", vf("https://issuer.example.com/", "orders-api", "nonsense"))
	rk := oidc.NewRemoteKeySet(context.Background(), srv.URL+"/keys")
	_, e = oidc.NewVerifier("https://issuer.example.com/", rk, &oidc.Config{ClientID: "orders-api"}).Verify(context.Background(), rs(nil))
	row(L, "token/signature-invalid", e)
}
