// Makes NATS JWTs, good and broken ones of every kind, and writes down what the Go library says about each: whether Decode takes it,
// and every issue that Validate finds. `go run . >../nats-jwt-vectors.json` records it for machines without Go; `-seed` repeats the
// choices of a run, while the keys are new each time and are not kept.
package main

import (
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand"
	"strings"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nkeys"
)

type object = map[string]any
type list = []any

type issue struct {
	Severity string `json:"severity"`
	Text     string `json:"text"`
}

type vector struct {
	Name   string  `json:"name"`
	Token  string  `json:"token"`
	Refuse string  `json:"refuse,omitempty"`
	Kind   string  `json:"kind,omitempty"`
	Issues []issue `json:"issues"`
}

type pair struct {
	keys   nkeys.KeyPair
	public string
}

func newPair(kind nkeys.PrefixByte) pair {
	var keys nkeys.KeyPair
	var err error
	if kind == nkeys.PrefixByteCurve {
		keys, err = nkeys.CreateCurveKeys()
	} else {
		keys, err = nkeys.CreatePair(kind)
	}
	if err != nil {
		panic(err)
	}
	public, err := keys.PublicKey()
	if err != nil {
		panic(err)
	}
	return pair{keys, public}
}

var (
	operator = newPair(nkeys.PrefixByteOperator)
	account  = newPair(nkeys.PrefixByteAccount)
	other    = newPair(nkeys.PrefixByteAccount)
	user     = newPair(nkeys.PrefixByteUser)
	server   = newPair(nkeys.PrefixByteServer)
	curve    = newPair(nkeys.PrefixByteCurve)
)

func part(value any) string {
	text, ok := value.(string)
	if !ok {
		bytes, err := json.Marshal(value)
		if err != nil {
			panic(err)
		}
		text = string(bytes)
	}
	return base64.RawURLEncoding.EncodeToString([]byte(text))
}

// sign makes a token of any payload, however broken; `alg` ed25519 signs as version 1 did, the payload alone.
func sign(signer pair, alg string, payload any) string {
	head, body := part(object{"typ": "JWT", "alg": alg}), part(payload)
	signed := head + "." + body
	if alg == jwt.AlgorithmNkeyOld {
		signed = body
	}
	signature, err := signer.keys.Sign([]byte(signed))
	if err != nil {
		panic(err)
	}
	return head + "." + body + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func claims(signer, subject pair, nats object) object {
	return object{"jti": "A", "iat": 1767225600, "iss": signer.public, "sub": subject.public, "name": "it", "nats": nats}
}

func v2(kind string, fields object) object {
	nats := object{"type": kind, "version": 2}
	for name, value := range fields {
		nats[name] = value
	}
	return nats
}

var vectors []vector

func add(name, token string) {
	result := vector{Name: name, Token: token, Issues: []issue{}}
	decoded, err := jwt.Decode(token)
	if err != nil {
		result.Refuse = err.Error()
	} else {
		result.Kind = fmt.Sprintf("%T", decoded)
		found := jwt.CreateValidationResults()
		decoded.Validate(found)
		for _, each := range found.Issues {
			severity := "warning"
			if each.Blocking {
				severity = "error"
			} else if each.TimeCheck {
				severity = "time"
			}
			result.Issues = append(result.Issues, issue{severity, each.Description})
		}
	}
	vectors = append(vectors, result)
}

func addUser(name string, fields object) {
	add("user: "+name, sign(account, jwt.AlgorithmNkey, claims(account, user, v2("user", fields))))
}

var unlimited = object{"subs": -1, "data": -1, "payload": -1, "imports": -1, "exports": -1, "wildcards": true, "conn": -1, "leaf": -1}

func addAccount(name string, fields object) {
	if _, has := fields["limits"]; !has {
		fields["limits"] = unlimited
	}
	add("account: "+name, sign(operator, jwt.AlgorithmNkey, claims(operator, account, v2("account", fields))))
}

func addOperator(name string, fields object) {
	add("operator: "+name, sign(operator, jwt.AlgorithmNkey, claims(operator, operator, v2("operator", fields))))
}

func activation(signer, subject pair, fields object) string {
	return sign(signer, jwt.AlgorithmNkey, claims(signer, subject, v2("activation", fields)))
}

func forms() {
	good := sign(account, jwt.AlgorithmNkey, claims(account, user, v2("user", nil)))
	parts := strings.Split(good, ".")
	add("form: good", good)
	add("form: two parts", parts[0]+"."+parts[1])
	add("form: four parts", good+".x")
	add("form: empty", "")
	add("form: padding", parts[0]+"=."+parts[1]+"."+parts[2])
	add("form: line break at the end", good+"\n")
	add("form: no JSON in the header", part("{")+"."+parts[1]+"."+parts[2])
	add("form: no JSON in the payload", parts[0]+"."+part("nothing")+"."+parts[2])
	add("form: payload of another", parts[0]+"."+part(claims(account, user, v2("user", object{"bearer_token": true})))+"."+parts[2])
	add("form: signature cut", good[:len(good)-4])
	add("form: signed by another", sign(other, jwt.AlgorithmNkey, claims(account, user, v2("user", nil))))
	for _, header := range []object{{"typ": "jwt", "alg": "ED25519-NKEY"}, {"typ": "JWS", "alg": "ed25519-nkey"}, {"typ": "JWT", "alg": "EdDSA"}, {"alg": "ed25519-nkey"}, {"typ": 1, "alg": "ed25519-nkey"}} {
		head := part(header)
		signature, _ := account.keys.Sign([]byte(head + "." + parts[1]))
		add(fmt.Sprintf("form: header %v", header), head+"."+parts[1]+"."+base64.RawURLEncoding.EncodeToString(signature))
	}
	add("form: too large", good+strings.Repeat("A", jwt.MaxTokenSize))
	vectors[len(vectors)-1].Token = "TOO LARGE"
	for _, version := range []any{0, 1, 3, -1, "2", 2.5, nil} {
		add(fmt.Sprintf("form: version %v", version), sign(account, jwt.AlgorithmNkey, claims(account, user, object{"type": "user", "version": version})))
	}
	for _, kind := range []any{"cluster", "server", "generic", "mine", "", 5, nil} {
		add(fmt.Sprintf("form: kind %v", kind), sign(account, jwt.AlgorithmNkey, claims(account, user, object{"type": kind, "version": 2})))
		add(fmt.Sprintf("form: kind %v, payload signed", kind), sign(account, jwt.AlgorithmNkeyOld, claims(account, user, object{"type": kind, "version": 2})))
	}
	signers := map[string]pair{"operator": operator, "account": account, "user": user, "server": server}
	for _, kind := range []string{"operator", "account", "user", "activation", "authorization_request", "authorization_response", "generic"} {
		for _, name := range []string{"operator", "account", "user", "server"} {
			add("signer: "+kind+" by "+name, sign(signers[name], jwt.AlgorithmNkey, claims(signers[name], account, v2(kind, nil))))
		}
	}
	shapes := []object{{"bearer_token": "yes"}, {"subs": 1.5}, {"pub": list{}}, {"pub": object{"allow": "foo"}}, {"pub": object{"allow": list{1}}},
		{"resp": object{"max": "1"}}, {"src": 5}, {"src": "10.0.0.0/8, 10.0.0.0/8,::/0"}, {"times": object{}}, {"times": nil, "src": nil, "pub": nil},
		{"BEARER_TOKEN": true, "Pub": object{"Allow": list{"a..b"}}}, {"tags": "x"}, {"unknown": list{}}, {"times": list{nil}}, {"pub": object{"allow": list{nil}}}}
	for _, fields := range shapes {
		addUser(fmt.Sprintf("shape %v", fields), fields)
	}
	for name, value := range map[string]any{"exp": "soon", "iat": nil, "aud": list{"a"}, "nbf": 1e300, "name": 7, "nats": list{}} {
		payload := claims(account, user, v2("user", nil))
		payload[name] = value
		add("user: "+name, sign(account, jwt.AlgorithmNkey, payload))
	}
	for name, times := range map[string]object{"expired": {"exp": 1577836800}, "not yet": {"nbf": 4102444800}, "both": {"exp": 1577836800, "nbf": 4102444800},
		"in time": {"exp": 4102444800, "nbf": 1577836800}, "zero": {"exp": 0, "nbf": 0}, "negative": {"exp": -5, "nbf": -5}} {
		for _, kind := range []string{"user", "activation", "generic"} {
			payload := claims(account, user, v2(kind, object{"kind": "stream", "subject": "a"}))
			for claim, value := range times {
				payload[claim] = value
			}
			alg := jwt.AlgorithmNkey
			if kind == "generic" {
				alg = jwt.AlgorithmNkeyOld
			}
			add("times: "+kind+" "+name, sign(account, alg, payload))
		}
	}
}

func users() {
	for _, subject := range subjects {
		addUser(fmt.Sprintf("pub allow %q", subject), object{"pub": object{"allow": list{subject}}})
		addUser(fmt.Sprintf("sub deny %q", subject), object{"sub": object{"deny": list{"fine", subject}}})
	}
	for _, network := range networks {
		addUser(fmt.Sprintf("src %q", network), object{"src": list{network}})
	}
	for _, at := range times {
		addUser(fmt.Sprintf("times %q", at), object{"times": list{object{"start": at, "end": "17:00:00"}, object{"start": "08:00:00", "end": at}}})
	}
	for _, zone := range []string{"", "UTC", "Europe/Berlin", "europe/berlin", "US/Pacific", "Mars/Base", "../etc", "/etc/localtime", "+01:00", "Local", "Asia/Calcutta"} {
		addUser(fmt.Sprintf("zone %q", zone), object{"times_location": zone})
	}
	for _, key := range []string{account.public, operator.public, "x", ""} {
		addUser("issuer_account "+kindOf(key), object{"issuer_account": key})
	}
	addUser("types", object{"allowed_connection_types": list{"MQTT", "FAX"}, "bearer_token": true, "proxy_required": true})
}

func kindOf(key string) string {
	if len(key) > 1 {
		return key[:1]
	}
	return key
}

func operators() {
	for _, url := range urls {
		addOperator(fmt.Sprintf("service %q", url), object{"operator_service_urls": list{url}})
		addOperator(fmt.Sprintf("account server %q", url), object{"account_server_url": url})
	}
	for _, key := range []string{operator.public, account.public, "x", ""} {
		addOperator("signing key "+kindOf(key), object{"signing_keys": list{key}})
		addOperator("system account "+kindOf(key), object{"system_account": key})
	}
	for _, version := range []string{"2.10.0", "2.10", "2.10.0.0", "a.b.c", "2.x.0", "2.10.-1", "+2.10.0", " 2.10.0", "2.10.-0"} {
		addOperator(fmt.Sprintf("version %q", version), object{"assert_server_version": version, "strict_signing_key_usage": true})
	}
	for _, fields := range []object{{}, {"signing_keys": list{"x"}, "system_account": "y", "operator_service_urls": list{"http://a"}}} {
		payload := claims(operator, operator, fields)
		payload["type"] = "operator"
		add(fmt.Sprintf("operator: version 1 %v", fields), sign(operator, jwt.AlgorithmNkeyOld, payload))
	}
}

func exports() {
	each := func(name string, exports ...any) { addAccount("export "+name, object{"exports": exports}) }
	each("null", nil)
	each("good", object{"subject": "a.*", "type": "stream", "account_token_position": 2}, object{"subject": "svc.>", "type": "service"})
	each("without a type", object{"subject": "a"})
	each("of a strange type", object{"subject": "a", "type": "queue"})
	for _, kind := range []string{"stream", "service"} {
		for _, response := range []string{"", "Singleton", "Stream", "Chunked", "singleton", "x"} {
			each(kind+" responding "+response, object{"subject": "a", "type": kind, "response_type": response})
		}
		each(kind+" traced", object{"subject": "a", "type": kind, "allow_trace": true})
		for _, threshold := range []int{-1, 0, 1} {
			each(fmt.Sprintf("%s threshold %d", kind, threshold), object{"subject": "a", "type": kind, "response_threshold": threshold})
		}
		for _, sampling := range []any{"headers", "HEADERS", "x", -1, 0, 1, 100, 101} {
			each(fmt.Sprintf("%s sampling %v", kind, sampling), object{"subject": "a", "type": kind, "service_latency": object{"sampling": sampling, "results": "r"}})
		}
		for _, results := range []string{"", "a.*", ">", "a..b"} {
			each(fmt.Sprintf("%s results %q", kind, results), object{"subject": "a", "type": kind, "service_latency": object{"sampling": 5, "results": results}})
		}
	}
	for _, position := range []int{-1, 1, 2, 3, 4} {
		for _, subject := range []string{"a", "a.*.b", "a.>", "*"} {
			each(fmt.Sprintf("position %d in %s", position, subject), object{"subject": subject, "type": "service", "account_token_position": position})
		}
	}
	each("twice", object{"subject": "a.b", "type": "stream"}, object{"subject": "a.*", "type": "stream"}, object{"subject": "a.*", "type": "service"}, object{"subject": ">", "type": "stream"})
	each("the same", object{"subject": "a", "type": "stream"}, object{"subject": "a", "type": "stream"}, object{"subject": "a"})
	each("info", object{"subject": "a", "type": "stream", "description": strings.Repeat("é", 5000), "info_url": "nowhere"})
	each("subject", object{"subject": "a b", "type": "stream"}, object{"type": "service"})
}

func imports() {
	each := func(name string, imports ...any) { addAccount("import "+name, object{"imports": imports}) }
	good := func(more object) object {
		made := object{"subject": "a.*", "type": "stream", "account": other.public}
		for key, value := range more {
			made[key] = value
		}
		return made
	}
	each("null", nil)
	each("good", good(nil))
	each("without a type", object{"subject": "a", "account": other.public})
	each("without an account", object{"subject": "a", "type": "service"})
	each("with to", good(object{"to": "b"}))
	each("with both", good(object{"to": "b", "local_subject": "b.$1"}))
	for _, local := range []string{"b.*", "b.$1", "b.$2", "b", "b.>", "b.$1.$1", "b .*", "..", "b.$x.*", "b.$0", "b.$-1", ".b.*"} {
		each("local "+local, good(object{"local_subject": local}))
		each("open local "+local, good(object{"subject": "a.>", "local_subject": local}))
	}
	each("local of nothing", object{"type": "service", "account": other.public, "local_subject": "b"})
	for _, kind := range []string{"stream", "service"} {
		each(kind+" shared", good(object{"type": kind, "share": true}))
		each(kind+" traced", good(object{"type": kind, "allow_trace": true}))
	}
	each("overlap", good(object{"type": "service"}), good(object{"type": "service", "subject": "a.b"}), good(object{"type": "service", "subject": "a.b"}))
	each("overlap of others", good(object{"type": "service"}), good(object{"type": "service", "account": account.public}))
	each("overlap apart", good(object{"type": "service", "local_subject": "x.$1"}), good(object{"type": "service", "to": "y.*"}))
	each("overlap local", good(object{"type": "service", "local_subject": "x.$1"}), good(object{"type": "service", "to": "x.b"}))
	right := object{"kind": "stream", "subject": "a.*"}
	each("token", good(object{"token": activation(other, account, right)}))
	each("token of an operator", good(object{"token": activation(operator, account, object{"kind": "stream", "subject": "a.*", "issuer_account": other.public})}))
	each("token of another", good(object{"token": activation(account, account, right)}))
	each("token for another", good(object{"token": activation(other, other, right)}))
	each("token of another type", good(object{"token": activation(other, account, object{"kind": "service", "subject": "a.*"})}))
	each("token without anything", good(object{"token": activation(other, account, nil)}))
	each("token for a wider subject", good(object{"token": activation(other, account, object{"kind": "stream", "subject": ">"})}))
	each("token for another subject", good(object{"token": activation(other, account, object{"kind": "stream", "subject": "b"})}))
	each("token with a bad account", good(object{"token": activation(other, account, object{"kind": "stream", "subject": "a.*", "issuer_account": "x"})}))
	each("token of a user", good(object{"token": sign(other, jwt.AlgorithmNkey, claims(other, user, v2("user", nil)))}))
	each("token that is none", good(object{"token": "abc"}))
	each("token of a service with to", good(object{"type": "service", "to": "z", "token": activation(other, account, object{"kind": "service", "subject": "z"})}))
	old := claims(other, account, object{"type": "stream", "subject": "a.*"})
	old["type"] = "activation"
	each("token of version 1", good(object{"token": sign(other, jwt.AlgorithmNkeyOld, old)}))
	add("activation: version 1", sign(other, jwt.AlgorithmNkeyOld, old))
	expired := claims(other, account, v2("activation", right))
	expired["exp"] = 1577836800
	each("token that expired", good(object{"token": sign(other, jwt.AlgorithmNkey, expired)}))
	for _, fields := range []object{{}, right, {"kind": "stream", "subject": "a b"}, {"kind": "x"}, {"kind": "service", "subject": "a", "issuer_account": user.public}} {
		add(fmt.Sprintf("activation: %d fields %v", len(fields), fields["subject"]), activation(account, other, fields))
	}
}

func accounts() {
	addAccount("plain", object{})
	for _, limits := range []object{{}, {"imports": 0}, {"imports": 1, "exports": 1}, {"imports": -2, "exports": -2}, {"subs": 5}, {"imports": -1, "exports": -1},
		{"exports": 5, "imports": 5, "wildcards": true}, {"exports": 5, "imports": 5}, {"disallow_bearer": true}} {
		addAccount(fmt.Sprintf("limits %v", limits), object{"limits": limits, "imports": list{object{"subject": "a", "type": "stream", "account": other.public}, object{"subject": "b", "type": "stream", "account": other.public}},
			"exports": list{object{"subject": "x.*", "type": "stream"}, object{"subject": "y", "type": "stream"}}})
		addAccount(fmt.Sprintf("limits alone %v", limits), object{"limits": limits})
		add(fmt.Sprintf("account: self-signed with limits %v", limits), sign(account, jwt.AlgorithmNkey, claims(account, account, v2("account", object{"limits": limits}))))
	}
	for _, tiers := range []any{object{}, object{"R1": object{"mem_storage": -1}}, object{"": object{}}, object{"R1": object{"mem_storage": "x"}}, list{}} {
		addAccount(fmt.Sprintf("tiers %v", tiers), object{"limits": object{"imports": -1, "exports": -1, "mem_storage": 5, "tiered_limits": tiers}})
	}
	for _, mappings := range []object{{"a": list{}}, {"a b": list{object{"subject": "c"}}}, {"a": list{object{"subject": "b", "weight": 101}}}, {"a": list{object{"subject": "b"}, object{"subject": "c"}}},
		{"a": list{object{"subject": "b", "weight": 60}, object{"subject": "c", "weight": 50}, object{"subject": "", "weight": 1}}},
		{"a": list{object{"subject": "b", "weight": 60, "cluster": "x"}, object{"subject": "c", "weight": 50, "cluster": "x"}, object{"subject": "c", "weight": 50, "cluster": "y"}, object{"subject": "d", "weight": 9, "cluster": "x"}}},
		{"a": list{object{"subject": "b", "weight": 256}}}, {"a": nil}, {"a": list{nil}}} {
		addAccount(fmt.Sprintf("mappings %v", mappings), object{"mappings": mappings})
	}
	for _, authorization := range []object{{"auth_users": list{user.public}}, {"auth_users": list{account.public, "x"}}, {"allowed_accounts": list{"*"}}, {"auth_users": list{user.public}, "allowed_accounts": list{"*"}},
		{"auth_users": list{user.public}, "allowed_accounts": list{"*", account.public, "*", "x"}}, {"xkey": curve.public}, {"xkey": user.public}} {
		addAccount("authorization", object{"authorization": authorization})
	}
	for _, trace := range []any{nil, object{}, object{"dest": "a"}, object{"dest": "a.*", "sampling": 101}, object{"dest": "a..b c", "sampling": -1}, object{"dest": ">", "sampling": 100}} {
		addAccount(fmt.Sprintf("trace %v", trace), object{"trace": trace})
	}
	scope := func(kind, key any) object {
		return object{"kind": kind, "key": key, "role": "r", "template": object{"pub": object{"allow": list{"a..b"}}, "bearer_token": true}}
	}
	for i, signing := range []list{{account.public}, {user.public, "x", other.public}, {scope("user_scope", other.public)}, {scope("user_scope", "x"), scope("user_scope", nil)}, {scope("other", other.public)}, {scope(nil, "x")}, {5, nil},
		{other.public, scope("user_scope", other.public)}, {scope("user_scope", 5)}} {
		addAccount(fmt.Sprintf("signing keys %d", i), object{"signing_keys": signing})
	}
	for _, traffic := range []any{"", "system", "owner", "Owner", "x", 5} {
		addAccount(fmt.Sprintf("cluster traffic %v", traffic), object{"cluster_traffic": traffic})
	}
	for _, url := range urls {
		addAccount(fmt.Sprintf("info %q", url), object{"info_url": url})
	}
	addAccount("long", object{"description": strings.Repeat("x", 8193), "info_url": "https://example.com/" + strings.Repeat("x", 8193)})
	addAccount("revocations", object{"revocations": object{user.public: 5, "*": 7, "x": nil}})
	addAccount("bad revocations", object{"revocations": object{"*": "now"}})
	for _, subject := range subjects {
		addAccount(fmt.Sprintf("default permissions %q", subject), object{"default_permissions": object{"pub": object{"deny": list{subject}}, "sub": object{"allow": list{subject}}}})
	}
	for _, nats := range []object{{}, {"signing_keys": list{"x", other.public}, "limits": unlimited, "mappings": object{"a b": list{}}, "cluster_traffic": "x"}, {"exports": list{object{"subject": "a"}}}, {"signing_keys": list{object{}}}} {
		payload := claims(operator, account, nats)
		payload["type"] = "account"
		add(fmt.Sprintf("account: version 1 with %d", len(nats)), sign(operator, jwt.AlgorithmNkeyOld, payload))
	}
	for _, nats := range []object{{}, {"pub": object{"allow": list{"a b"}}, "src": "x,10.0.0.0/8"}, {"max": "x"}} {
		payload := claims(account, user, nats)
		payload["type"], payload["issuer_account"] = "user", "x"
		add(fmt.Sprintf("user: version 1 with %d", len(nats)), sign(account, jwt.AlgorithmNkeyOld, payload))
	}
}

func callouts() {
	for _, key := range []string{user.public, account.public, "", "x"} {
		add("request: "+kindOf(key), sign(server, jwt.AlgorithmNkey, claims(server, user, v2("authorization_request", object{"user_nkey": key}))))
	}
	for _, fields := range []object{{"jwt": "x"}, {"error": "no"}, {}, {"jwt": "x", "error": "no"}, {"jwt": "x", "issuer_account": "x"}} {
		for name, subject := range map[string]pair{"user": user, "account": account} {
			for name2, audience := range map[string]string{"server": server.public, "user": user.public, "nobody": ""} {
				payload := claims(account, subject, v2("authorization_response", fields))
				payload["aud"] = audience
				add(fmt.Sprintf("response: %d fields for %s to %s", len(fields), name, name2), sign(account, jwt.AlgorithmNkey, payload))
			}
		}
	}
}

var (
	subjects = []string{"foo", "foo.*", ">", "", " ", "a b", "a b c", ".a", "a.", "a..b", "a q..x", "..", ".", "a.> q", " a", "a "}
	networks = []string{"10.0.0.0/8", "10.0.0.0", "10.0.0/8", "10.0.0.0/33", "010.0.0.0/8", "::/0", "2001:db8::/129", "2001:db8::1/64", "::ffff:1.2.3.4/120", "1:2:3:4:5:6:7:8/1", "1:2:3:4:5:6:7/1", "1::2::3/1",
		"fe80::1%eth0/64", "", "/8", "1.2.3.4/-1", "1.2.3.4/+1", "1.2.3.4/08", "::1:2:3:4:5:6:7:8/1", "1:2:3:4:5:6:7::/1", "12345::/1", "1.2.3.256/8"}
	times = []string{"08:00:00", "8:00:00", "24:00:00", "23:59:59", "23:59:60", "08:00", "", "08:0:00", "08:00:00.5", "08:00:00,25", "noon", " 8:00:00", "08:60:00", "08:00:00Z"}
	urls  = []string{"nats://localhost:4222", "TLS://host", "ws://host:80", "wss://host", "http://host", "localhost:4222", "host", "nats://user@host", "nats://u:p@host", "nats://host/", "nats://host/a", "nats://host:x", "nats://[::1]:4222",
		"nats://[::1", "nats:host", "://host", "nats://ho st", "nats://host?a=b", "nats://host#a", "nats://%zz", "/path", "1nats://host", "https://example.com/a%20b", "https://:80", "https://", "nats://host\x01", "a b:c", "*:c", "nats://a%2Fb", "nats://a\\b"}
)

// random puts several choices into one token, so that issues meet that no list above brings together.
func random(choose *rand.Rand, count int) {
	pick := func(from []string) string { return from[choose.Intn(len(from))] }
	some := func(from []string) list {
		made := list{}
		for range choose.Intn(4) {
			made = append(made, pick(from))
		}
		return made
	}
	keys := []string{operator.public, account.public, other.public, user.public, server.public, curve.public, "x", ""}
	kinds := []string{"stream", "service"}
	locals := []string{"", "", "b", "b.$1", "b.*", "b.>", "b.$2"}
	maybe := func(to object, name string, value any) {
		if choose.Intn(2) == 0 {
			to[name] = value
		}
	}
	permissions := func() object {
		return object{"pub": object{"allow": some(subjects), "deny": some(subjects)}, "sub": object{"allow": some(subjects)}}
	}
	for i := range count {
		fields := object{}
		switch i % 4 {
		case 0:
			maybe(fields, "pub", permissions()["pub"])
			maybe(fields, "sub", permissions()["sub"])
			maybe(fields, "src", some(networks))
			maybe(fields, "times", list{object{"start": pick(times), "end": pick(times)}})
			maybe(fields, "issuer_account", pick(keys))
			addUser(fmt.Sprintf("random %d", i), fields)
		case 1, 2:
			exported, imported := list{}, list{}
			for range choose.Intn(5) {
				each := object{"subject": pick(subjects), "type": pick(kinds)}
				maybe(each, "response_type", pick([]string{"", "Stream", "x"}))
				maybe(each, "account_token_position", choose.Intn(4))
				maybe(each, "response_threshold", choose.Intn(3)-1)
				exported = append(exported, each)
			}
			for range choose.Intn(5) {
				each := object{"subject": pick([]string{"a.*", "a.b", "a.>", "c", "a..b", ">"}), "type": pick(kinds), "account": pick(keys)}
				maybe(each, "local_subject", pick(locals))
				maybe(each, "to", pick([]string{"", "z", "a.b"}))
				maybe(each, "share", true)
				maybe(each, "allow_trace", true)
				imported = append(imported, each)
			}
			maybe(fields, "exports", exported)
			maybe(fields, "imports", imported)
			maybe(fields, "limits", object{"imports": choose.Intn(4) - 1, "exports": choose.Intn(4) - 1, "wildcards": choose.Intn(2) == 0})
			maybe(fields, "signing_keys", some(keys))
			maybe(fields, "default_permissions", permissions())
			maybe(fields, "mappings", object{pick(subjects): list{object{"subject": pick(subjects), "weight": choose.Intn(120)}, object{"subject": pick(subjects), "weight": choose.Intn(120), "cluster": "x"}}})
			maybe(fields, "authorization", object{"auth_users": some(keys), "allowed_accounts": some(append(keys, "*")), "xkey": pick(keys)})
			maybe(fields, "trace", object{"dest": pick(subjects), "sampling": choose.Intn(140) - 20})
			maybe(fields, "info_url", pick(urls))
			addAccount(fmt.Sprintf("random %d", i), fields)
		case 3:
			maybe(fields, "signing_keys", some(keys))
			maybe(fields, "operator_service_urls", some(urls))
			maybe(fields, "account_server_url", pick(urls))
			maybe(fields, "system_account", pick(keys))
			maybe(fields, "assert_server_version", pick([]string{"2.9.0", "2.9", "x.y.z"}))
			addOperator(fmt.Sprintf("random %d", i), fields)
		}
	}
}

func main() {
	seed := flag.Int64("seed", 20261122, "of the random choices")
	count := flag.Int("random", 120, "how many tokens with random choices")
	flag.Parse()
	forms()
	users()
	operators()
	exports()
	imports()
	accounts()
	callouts()
	random(rand.New(rand.NewSource(*seed)), *count)
	fmt.Printf("{\n\"library\": \"github.com/nats-io/jwt/v2 v2.8.2\",\n\"seed\": %d,\n\"at\": %q,\n\"vectors\": [\n", *seed, time.Now().UTC().Format(time.RFC3339))
	for i, each := range vectors {
		line, err := json.Marshal(each)
		if err != nil {
			panic(err)
		}
		if i > 0 {
			fmt.Print(",\n")
		}
		fmt.Print(string(line))
	}
	fmt.Print("\n]\n}\n")
}
