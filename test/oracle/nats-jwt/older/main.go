// Which JWTs of accounts, users and activations the Go library within nats-server 2.9.10 refuses, of those that the newest one was asked
// about. `go run . <../../nats-jwt-vectors.json >../../nats-jwt-refused-by-2.9.10.json` records their names.
package main

import (
	"encoding/json"
	"os"

	"github.com/nats-io/jwt/v2"
)

type vector struct {
	Name  string `json:"name"`
	Token string `json:"token"`
}

func refused(token string) bool {
	decoded, err := jwt.Decode(token)
	if err != nil {
		return true
	}
	found := jwt.CreateValidationResults()
	decoded.Validate(found)
	return found.IsBlocking(false)
}

func main() {
	var recorded struct {
		Vectors []vector `json:"vectors"`
	}
	if err := json.NewDecoder(os.Stdin).Decode(&recorded); err != nil {
		panic(err)
	}
	names := []string{}
	for _, each := range recorded.Vectors {
		if refused(each.Token) {
			names = append(names, each.Name)
		}
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(names); err != nil {
		panic(err)
	}
}
