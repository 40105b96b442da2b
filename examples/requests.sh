#!/bin/sh
# Try the gateway by hand.
API=https://api.shop.example.com

# Worked on the day it was written down.
curl -H "Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL3Nob3AuZXhhbXBsZS5jb20vIiwiYXVkIjoic2hvcC1hcGkiLCJzdWIiOiJhZGEiLCJwZXJtaXNzaW9ucyI6WyJvcmRlcnM6cmVhZCIsIm9yZGVyczpjcmVhdGUiXSwiaWF0IjoxNzQ4ODUxMjAwLCJleHAiOjE3NDg4NTQ4MDB9.1s7e4j1X1AC3YG7dNiY0RrMy3iD8EAHmuw2rpeG_8Dk" "$API/orders"

# "invalid algorithm": nobody signed this one.
curl -H "Authorization: Bearer eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJpc3MiOiJodHRwczovL3Nob3AuZXhhbXBsZS5jb20vIiwiYXVkIjoic2hvcC1hcGkiLCJzdWIiOiJhZGEiLCJwZXJtaXNzaW9ucyI6WyJ1c2VyczpjcmVhdGUiLCJ1c2VyczpyZWFkIl0sImlhdCI6MTc2NzYwMDAwMCwiZXhwIjoyMDgzMTMyODAwfQ." "$API/users"

# "JWT missing required 'sub' claim"
curl -H "Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL3Nob3AuZXhhbXBsZS5jb20vIiwiYXVkIjoic2hvcC1hcGkiLCJwZXJtaXNzaW9ucyI6WyJvcmRlcnM6cmVhZCJdLCJpYXQiOjE3Njc2MDAwMDB9.ZJO-TA4dekHmTsmhAQRlch3CAeqxmJ47HLaLPG6zoqc" "$API/orders"

# From the identity provider, while the gateway at hand checks with a shared secret.
TOKEN=eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6InNob3AtMjAyNSJ9.eyJpc3MiOiJodHRwczovL3Nob3AuZXUuYXV0aDAuY29tLyIsImF1ZCI6Imh0dHBzOi8vYXBpLnNob3AuZXhhbXBsZS5jb20iLCJzdWIiOiJhdXRoMHw2NWYxYzBmZmVlIiwic2NvcGUiOiJvcGVuaWQgcHJvZmlsZSIsImlhdCI6MTc2MjE2NDAwMCwiZXhwIjoxNzYyMjUwNDAwfQ.O2i3kUYW7pm02A-bkwxA5P4Ph4dMFu-NDddWf27LoxKk_AUSau4ILObpsXwij2f9qbayqERMG_3HmWg0JrfM4mOqRjCgDExw8LEeGDZs87nYhuOnPYRO2bmZ-gMzAFJAtkmN8sjlBWCGgXSXIA7dIpaB5zq0nkbFxETh9oR6WaFnFid3ALvhkHzOxCA9iByfs2IjAqsutIJzxAI_q4pUs_jQulvCVEtagleMvI2JW7boE1kBoHvel3sStKtaieMCUeeNtEOL4taHkwVxRo3TuE86lqGxUlkNjeyGXmTKyYN0axCFj1SfPjKTBpuB2PVJxDH88VejlPefuv3diU4bSQ
curl -H "Authorization: Bearer $TOKEN" "$API/reports"

# Development headers: only where DEVELOPMENT_AUTH_ENABLED is on.
curl -H "X-Dev-User-Id: ada" -H "X-Dev-Permissions: users:create,users:read" http://localhost:8080/users

# Denied: the user analytics may publish below data.> only.
nats pub --user analytics --password counting-baskets analytics.events.user_signup '{"user":"ada"}'
nats jwt issue --user publisher
