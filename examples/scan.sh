#!/bin/sh
# Scan the gateway for holes.
nat scan --url https://api.shop.example.com --auth-type bearer
nat scan --url https://api.shop.example.com --auth-type header
nat scan --url https://api.shop.example.com --auth-type oauth2 \
  --oauth2-token-url https://shop.eu.auth0.com/oauth/token \
  --oauth2-client-id shop-scanner --oauth2-client-secret "$SCANNER_SECRET" --oauth2-scope orders:read
nat scan --url https://api.shop.example.com --auth-type bearer --token eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL3Nob3AuZXhhbXBsZS5jb20vIiwiYXVkIjoic2hvcC1hcGkiLCJzdWIiOiJhZGEiLCJwZXJtaXNzaW9ucyI6WyJvcmRlcnM6cmVhZCIsIm9yZGVyczpjcmVhdGUiXSwiaWF0IjoxNzQ4ODUxMjAwLCJleHAiOjE3NDg4NTQ4MDB9.1s7e4j1X1AC3YG7dNiY0RrMy3iD8EAHmuw2rpeG_8Dk --max-requests 5000
