// Errors as programs really print them are explained right, and lines about something else are not explained at all.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { explainError } from '../../server/src/core/auth-errors/explain-error.ts';
import { authErrors, errorContexts } from '../../server/src/core/facts/auth-errors.ts';
import { ruleFacts } from '../../server/src/core/facts/rules.ts';

const idsOf = (text: string) => explainError(text).map(({ error }) => error.id);

interface Recorded {
  readonly library: string;
  readonly explanation: string;
  readonly text: string;
}

/** What libraries and servers printed when `scripts/oracle/auth-errors/record.mjs` had them refuse something. */
const recorded = Object.values(JSON.parse(readFileSync('test/oracle/auth-error-texts.json', 'utf8')) as Record<string, Recorded[]>).flat();

/** Texts of programs that cannot be run here: from their documentation or source, as people paste them. */
const pasted: readonly (readonly [explanation: string, text: string])[] = [
  [
    'entra/aadsts70011',
    'AADSTS70011: The provided request must include a "scope" input parameter. The provided value for the input parameter "scope" is not valid.',
  ],
  [
    'entra/aadsts70002',
    '{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID. Trace ID: 0 Correlation ID: 1","error_codes":[7000215]}',
  ],
  [
    'entra/aadsts50011',
    'https://app.example.com/callback?error=invalid_request&error_description=AADSTS50011%3a+The+redirect+URI+does+not+match+the+redirect+URIs+configured+for+the+application.&state=1',
  ],
  [
    'entra/aadsts70001',
    "AADSTS700016: Application with identifier '00000000-0000-0000-0000-000000000000' was not found in the directory 'Contoso'.",
  ],
  ['entra/aadsts65001', 'AADSTS65001: The user or administrator has not consented to use the application.'],
  [
    'entra/aadsts50105',
    'AADSTS50105: Your administrator has configured the application to block users unless they are specifically granted access.',
  ],
  [
    'entra/aadsts7000218',
    "invalid_client: AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  ],
  [
    'entra/aadsts50072',
    'AADSTS50076: Due to a configuration change made by your administrator, you must use multi-factor authentication to access the resource.',
  ],
  ['entra/aadsts9002325', 'AADSTS9002326: Cross-origin token redemption is permitted only for the Single-Page Application client-type.'],
  ['entra/other', 'AADSTS999999: Something new.'],
  ['oauth/invalid-client', '{"error":"invalid_client","error_description":"Invalid client or Invalid client credentials"}'],
  [
    'oauth/invalid-client',
    'HTTP/1.1 401 Unauthorized\ncontent-type: application/json\n\n{"error":"invalid_client","error_description":"The client secret supplied for a confidential client is invalid."}',
  ],
  ['oauth/invalid-grant', 'oauth2: "invalid_grant" "The provided authorization grant is invalid"'],
  ['oauth/invalid-grant', 'oauth2: cannot fetch token: 400 Bad Request\nResponse: {"error":"invalid_grant"}'],
  [
    'oauth/invalid-scope',
    '{"error":"invalid_scope","error_description":"One or more scopes are not configured for the authorization server resource."}',
  ],
  ['oauth/unauthorized-client', 'unauthorized_client'],
  ['oauth/unsupported-grant-type', '{"error":"unsupported_grant_type"}'],
  ['oauth/access-denied', 'https://app.example.com/cb?error=access_denied&error_description=User+did+not+authorize+the+request&state=xyz'],
  ['oauth/login-required', '{"error":"login_required","error_description":"Login required"}'],
  ['oauth/consent-required', 'error=consent_required'],
  [
    'oauth/authorization-pending',
    '{"error":"authorization_pending","error_description":"The authorization request is still pending as the end user has not yet completed the interaction."}',
  ],
  ['oauth/slow-down', '{"error": "slow_down"}'],
  ['oauth/device-code-expired', '{"error": "expired_token", "error_description": "Device code is expired"}'],
  [
    'oauth/use-dpop-nonce',
    'WWW-Authenticate: DPoP error="use_dpop_nonce", error_description="Authorization server requires nonce in DPoP proof"',
  ],
  [
    'oauth/insufficient-user-authentication',
    'WWW-Authenticate: Bearer error="insufficient_user_authentication", acr_values="myACR", max_age="5"',
  ],
  [
    'oauth/device-flow-disabled',
    '{"error":"unauthorized_client","error_description":"Client is not allowed to initiate OAuth 2.0 Device Authorization Grant. The flow is disabled for the client."}',
  ],
  ['oauth/redirect-uri-mismatch', "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings"],
  ['token/scope-insufficient', 'WWW-Authenticate: Bearer realm="api", error="insufficient_scope", scope="orders:write"'],
  ['token/invalid-token', 'WWW-Authenticate: Bearer error="invalid_token"'],
  ['token/expired', 'WWW-Authenticate: Bearer error="invalid_token", error_description="The access token expired"'],
  ['token/missing', 'www-authenticate: Bearer'],
  ['token/missing', '{"detail":"Not authenticated"}\nHTTP 401'],
  ['token/subject-missing', "401 Unauthorized: JWT missing required 'sub' claim"],
  ['token/algorithm-refused', 'invalid algorithm'],
  ['token/algorithm-refused', 'Algorithm not supported'],
  ['token/signature-invalid', 'Invalid signature'],
  ['token/audience-refused', 'Invalid audience'],
  ['token/expired', 'Token expired'],
  ['token/expired', 'An error occurred while attempting to decode the Jwt: Jwt expired at 2026-01-01T10:00:00Z'],
  ['token/issuer-refused', 'An error occurred while attempting to decode the Jwt: The iss claim is not valid'],
  [
    'token/algorithm-refused',
    'An error occurred while attempting to decode the Jwt: Signed JWT rejected: Another algorithm expected, or no matching key(s) found',
  ],
  ['token/signature-invalid', 'An error occurred while attempting to decode the Jwt: Signed JWT rejected: Invalid signature'],
  ['token/malformed', 'An error occurred while attempting to decode the Jwt: Malformed token'],
  ['token/discovery-failed', 'Unable to resolve the Configuration with the provided Issuer of "https://sso.example.com/realms/shop"'],
  [
    'token/signature-invalid',
    'io.jsonwebtoken.security.SignatureException: JWT signature does not match locally computed signature. JWT validity cannot be asserted and should not be trusted.',
  ],
  ['token/expired', 'io.jsonwebtoken.ExpiredJwtException: JWT expired 86400 milliseconds ago at 2026-01-01T10:00:00.000Z.'],
  [
    'token/secret-too-short',
    'io.jsonwebtoken.security.WeakKeyException: The specified key byte array is 48 bits which is not secure enough for any JWT HMAC-SHA algorithm.',
  ],
  ['token/malformed', 'io.jsonwebtoken.MalformedJwtException: JWT strings must contain exactly 2 period characters. Found: 0'],
  ['token/signature-invalid', 'IDX10511: Signature validation failed. Keys tried: [PII is hidden].'],
  [
    'token/signature-invalid',
    'Microsoft.IdentityModel.Tokens.SecurityTokenSignatureKeyNotFoundException: IDX10503: Signature validation failed.',
  ],
  [
    'token/issuer-refused',
    'IDX10205: Issuer validation failed. Issuer: https://sts.windows.net/. Did not match: validationParameters.ValidIssuer',
  ],
  [
    'token/audience-refused',
    "IDX10214: Audience validation failed. Audiences: 'api'. Did not match: validationParameters.ValidAudience: 'orders'",
  ],
  ['token/expired', "IDX10223: Lifetime validation failed. The token is expired. ValidTo: '01/01/2026 10:00:00'"],
  ['token/not-yet-valid', "IDX10222: Lifetime validation failed. The token is not yet valid. ValidFrom: '01/01/2027'"],
  ['token/discovery-failed', "IDX20803: Unable to obtain configuration from: 'https://sso.example.com/.well-known/openid-configuration'."],
  [
    'token/secret-too-short',
    "IDX10720: Unable to create KeyedHashAlgorithm for algorithm 'HS256', the key size must be greater than: '256' bits",
  ],
  ['token/key-unknown', 'IDX10501: Signature validation failed. Unable to match key: kid'],
  ['token/missing', 'Jwt is missing'],
  ['token/expired', 'Jwt is expired'],
  ['token/signature-invalid', 'Jwt verification fails'],
  ['token/issuer-refused', 'Jwt issuer is not configured'],
  ['token/audience-refused', 'Audiences in Jwt are not allowed'],
  ['token/key-set-unreachable', 'Jwks remote fetch is failed'],
  ['token/malformed', 'Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections'],
  ['token/key-unknown', "Jwks doesn't have key to match kid or alg from Jwt"],
  ['proxy/envoy-rbac', 'RBAC: access denied'],
  [
    'proxy/csrf',
    '[2026/01/01 10:00:00] [oauthproxy.go:872] Error while loading CSRF cookie: Invalid authentication via OAuth2: unable to obtain CSRF cookie',
  ],
  ['proxy/cookie-secret', 'invalid configuration:\n  cookie_secret must be 16, 24, or 32 bytes to create an AES cipher, but is 10 bytes'],
  [
    'proxy/email-not-allowed',
    '10.0.0.1 - ada@example.com [2026/01/01 10:00:00] [AuthFailure] Invalid authentication via OAuth2: unauthorized',
  ],
  ['keycloak/code-not-valid', '{"error":"invalid_grant","error_description":"Code not valid"}'],
  ['oauth/redirect-uri-mismatch', '{"error":"invalid_grant","error_description":"Incorrect redirect_uri"}'],
  ['keycloak/pkce', '{"error":"invalid_grant","error_description":"PKCE verification failed: Code mismatch"}'],
  ['keycloak/session-ended', '{"error":"invalid_grant","error_description":"Session not active"}'],
  ['keycloak/refresh-token-ended', '{"error":"invalid_grant","error_description":"Token is not active"}'],
  ['keycloak/user-credentials', '{"error":"invalid_grant","error_description":"Invalid user credentials"}'],
  ['keycloak/user-credentials', '{"error":"invalid_grant","error_description":"Account is not fully set up"}'],
  ['keycloak/issuer', "Invalid token issuer. Expected 'http://keycloak:8080/realms/shop'"],
  ['keycloak/direct-access', '{"error":"unauthorized_client","error_description":"Client not allowed for direct access grants"}'],
  ['keycloak/service-account', '{"error":"unauthorized_client","error_description":"Client not enabled to retrieve service account"}'],
  ['keycloak/https-required', '{"error":"invalid_request","error_description":"HTTPS required"}'],
  ['auth0/service-not-found', '{"error":"access_denied","error_description":"Service not found: https://api.shop.example.com"}'],
  [
    'auth0/grant-not-allowed',
    '{"error":"unauthorized_client","error_description":"Grant type \'client_credentials\' not allowed for the client."}',
  ],
  [
    'auth0/client-not-authorized',
    '{"error":"access_denied","error_description":"Client is not authorized to access \\"https://api.shop.example.com\\". You need to create a \\"client-grant\\""}',
  ],
  ['oauth/redirect-uri-mismatch', 'Callback URL mismatch. The provided redirect_uri is not in the list of allowed callback URLs.'],
  [
    'okta/policy',
    '{"error":"access_denied","error_description":"Policy evaluation failed for this request, please check the policy configurations."}',
  ],
  ['okta/authentication-failed', '{"errorCode":"E0000004","errorSummary":"Authentication failed","errorLink":"E0000004"}'],
  ['token/invalid-token', '{"errorCode":"E0000011","errorSummary":"Invalid token provided"}'],
  ['token/key-unknown', '{"code":"PGRST301","details":null,"hint":null,"message":"No suitable key was found"}'],
  ['token/expired', '{"code":"PGRST303","details":null,"hint":null,"message":"JWT expired"}'],
  ['token/expired', '{"errors":[{"extensions":{"path":"$","code":"invalid-jwt"},"message":"Could not verify JWT: JWTExpired"}]}'],
  [
    'token/signature-invalid',
    '{"errors":[{"extensions":{"code":"invalid-jwt"},"message":"Could not verify JWT: JWSError JWSInvalidSignature"}]}',
  ],
  ['token/audience-refused', 'Could not verify JWT: JWTNotInAudience'],
  ['token/claim-missing', "claims key: 'https://hasura.io/jwt/claims' not found"],
  ['gateway/http-issuer', 'HTTP issuer URL detected in production environment'],
  ['token/key-unknown', "SigningKeyNotFoundError: Unable to find a signing key that matches 'key-2025'"],
  ['token/verification-key-missing', 'TypeError: JwtStrategy requires a secret or key'],
  [
    'gateway/verifier-incomplete',
    'jwt.exceptions.DecodeError: It is required that you pass in a value for the "algorithms" argument when calling decode().',
  ],
  ['nats/publish-denied', 'nats: permissions violation: Permissions Violation for Publish to "analytics.events.user_signup"'],
  ['nats/subscribe-denied', 'nats: \'Permissions Violation for Subscription to "orders.>"\''],
  ['nats/reply-denied', '-ERR \'Permissions Violation for Publish with Reply of "elsewhere.1"\''],
  ['nats/authorization-violation', 'nats: error: nats: Authorization Violation'],
  ['nats/authorization-violation', "-ERR 'Authorization Violation'"],
  ['nats/user-expired', "-ERR 'User Authentication Expired'"],
  ['nats/user-expired', 'nats: authentication expired'],
  ['nats/account-expired', "-ERR 'Account Authentication Expired'"],
  ['nats/revoked', 'nats: authentication revoked'],
  ['nats/no-responders', 'nats: no responders available for request'],
  ['nats/secure-connection', 'nats: secure connection required'],
  ['nats/secure-connection', 'nats: secure connection not available'],
  ['nats/wrong-port', "-ERR 'attempted to connect to route port'"],
  ['nats/invented-command', 'nats: error: expected command but got "jwt", try --help'],
  ['scanner/oauth2-token', 'Error: Failed to fetch OAuth2 token: connect ECONNREFUSED'],
  ['scanner/unauthorized', 'Scan aborted: 401 Unauthorized on all requests'],
  ['platform/workspace-not-empty', 'Workspace ml-team cannot be deleted: it still contains 3 models, 1 dataset'],
  ['platform/scope', '403 Forbidden: missing required scope platform:write'],
  ['gateway/dev-headers', '401: X-Dev-User-Id is ignored'],
  [
    'compose/variable-required',
    'error while interpolating services.api.environment.JWT_SECRET: required variable JWT_SECRET is missing a value: set it in .env',
  ],
  [
    'compose/variable-unset',
    'time="2026-01-01T10:00:00Z" level=warning msg="The \\"JWT_SECRET\\" variable is not set. Defaulting to a blank string."',
  ],
];

/** Lines that have nothing to do with it, though some of their words do. */
const unrelated: readonly string[] = [
  '127.0.0.1 - - [01/Jan/2026:10:00:00 +0000] "GET /index.html HTTP/1.1" 200 612',
  '127.0.0.1 - - [01/Jan/2026:10:00:00 +0000] "GET /scan HTTP/1.1" 401 0',
  '127.0.0.1 - - [01/Jan/2026:10:00:00 +0000] "POST /token HTTP/1.1" 200 1024',
  '10.0.0.7 - - [01/Jan/2026:10:00:00 +0000] "GET /admin HTTP/1.1" 403 153',
  'nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)',
  'nginx: [warn] conflicting server name "_" on 0.0.0.0:80, ignored',
  'sshd[912]: Failed password for invalid user admin from 203.0.113.9 port 4242 ssh2',
  'sshd[912]: Accepted publickey for deploy from 203.0.113.9 port 4242 ssh2',
  'git@example.com: Permission denied (publickey).',
  'Unable to negotiate with 203.0.113.9 port 22: no matching host key type found. Their offer: ssh-rsa',
  'sudo: pam_unix(sudo:session): session opened for user root by ada(uid=1000)',
  'kernel: Out of memory: Killed process 4242 (java)',
  'kernel: TCP: request_sock_TCP: Possible SYN flooding on port 443. Sending cookies.',
  'systemd[1]: Started Daily apt download activities.',
  'systemd[1]: nats.service: Deactivated successfully.',
  'dockerd: container 4f2a health check failed',
  'Error response from daemon: pull access denied for shop/api, repository does not exist',
  'error: json: unknown field "replicas"',
  'error validating data: unknown field "spec.foo" in io.k8s.api.apps.v1.Deployment',
  'kubectl: error: You must be logged in to the server',
  'Warning: certificate has expired on 2026-01-01',
  'curl: (60) SSL certificate problem: unable to get local issuer certificate',
  'x509: certificate signed by unknown authority',
  'tls: failed to verify certificate: x509: certificate is valid for example.com, not localhost',
  'OpenSSL: error:0A000086:SSL routines::certificate verify failed',
  'gpg: Signature made Thu 01 Jan 2026',
  'gpg: BAD signature from "Ada <ada@example.com>"',
  'W: GPG error: http://deb.example.com stable InRelease: The following signatures were invalid',
  'apt: E: Unable to locate package nats-servr',
  'PNG warning: invalid signature in file header',
  'TypeError: Cannot read properties of undefined (reading "name")',
  'SyntaxError: Unexpected token } in JSON at position 42',
  'SyntaxError: Unexpected token \'<\', "<!DOCTYPE "... is not valid JSON',
  'ReferenceError: subject is not defined',
  'RangeError: Invalid string length',
  'UnhandledPromiseRejectionWarning: Error: timeout of 5000ms exceeded',
  'npm ERR! code ERESOLVE',
  'npm WARN deprecated har-validator@5.1.5: this library is no longer supported',
  'yarn: Tokenizer reached end of input',
  'webpack compiled with 2 warnings',
  'tsc: error TS2322: Type string is not assignable to type number.',
  'pip: ERROR: No matching distribution found for foo',
  'Traceback (most recent call last): ValueError: invalid literal for int() with base 10',
  'KeyError: "user"',
  'django.db.utils.OperationalError: connection to server at "db" failed: Connection refused',
  'psycopg2.OperationalError: FATAL:  password authentication failed for user "shop"',
  'FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute',
  'FATAL:  sorry, too many clients already',
  'ERROR:  permission denied for table orders',
  'ERROR:  duplicate key value violates unique constraint "users_pkey"',
  "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)",
  'redis: WRONGPASS invalid username-password pair or user is disabled.',
  'redis: NOAUTH Authentication required.',
  'redis: OOM command not allowed when used memory > maxmemory',
  'mongo: MongoServerError: Authentication failed.',
  'kafka: org.apache.kafka.common.errors.TopicAuthorizationException: Not authorized to access topics: [orders]',
  'kafka: Group coordinator is unavailable or invalid',
  'rabbitmq: {handshake_timeout,frame_header}',
  'elasticsearch: master not discovered or elected yet',
  'S3: <Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
  'S3: <Error><Code>SignatureDoesNotMatch</Code></Error>',
  'aws: An error occurred (ThrottlingException) when calling the DescribeInstances operation',
  'smtp: 535 5.7.8 Error: authentication failed: generic failure',
  'smtp: 550 5.1.1 mailbox unavailable',
  'postfix/smtpd[77]: lost connection after CONNECT from unknown[203.0.113.9]',
  'ftp: 530 Login incorrect.',
  'ldap_bind: Invalid credentials (49)',
  'wpa_supplicant: authentication with 00:11:22:33:44:55 timed out',
  'cron[88]: (root) CMD (run-parts /etc/cron.hourly)',
  'GC pause (G1 Evacuation Pause) 24M->8M(256M) 3.210ms',
  'java.lang.OutOfMemoryError: Java heap space',
  'java.net.SocketTimeoutException: Read timed out',
  'INFO  o.s.b.w.embedded.tomcat.TomcatWebServer - Tomcat started on port 8080',
  'WARN  com.zaxxer.hikari.pool.HikariPool - Thread starvation or clock leap detected',
  'level=info msg="Starting HTTP server" addr=:8080',
  'level=warn msg="slow query" duration=2.1s',
  'level=error msg="upstream request failed" status=502',
  'time="2026-01-01T10:00:00Z" level=info msg="msg=done" component=worker',
  'go: finding module for package github.com/shop/api',
  'panic: runtime error: index out of range [3] with length 3',
  'thread main panicked at src/main.rs:10: called `Option::unwrap()` on a `None` value',
  'error[E0382]: borrow of moved value: `x`',
  'rake aborted! Gem::LoadError',
  'PHP Fatal error:  Uncaught Error: Call to undefined function foo()',
  'Segmentation fault (core dumped)',
  'make: *** [Makefile:12: build] Error 2',
  'CMake Error at CMakeLists.txt:3 (project): No CMAKE_CXX_COMPILER could be found.',
  'terraform: Error acquiring the state lock',
  'ansible: fatal: [host]: UNREACHABLE! => {"changed": false}',
  '[4242] 2026/01/01 10:00:00.000000 [INF] Starting nats-server',
  '[4242] 2026/01/01 10:00:00.000000 [INF] Listening for client connections on 0.0.0.0:4222',
  '[4242] 2026/01/01 10:00:00.000000 [INF] Server is ready',
  '[4242] 2026/01/01 10:00:00.000000 [DBG] 127.0.0.1:5000 - cid:5 - Client connection created',
  '[4242] 2026/01/01 10:00:00.000000 [WRN] Maximum HTTP header count reached',
  'keycloak: 2026-01-01 10:00:00,000 INFO  [io.quarkus] (main) Keycloak 26.0.0 started in 5.1s',
  'The quick brown fox jumps over the lazy dog.',
  'Session cookie set for 127.0.0.1',
  'Cache: token bucket refilled, 100 tokens',
  'Lexer: unexpected end of input after token IDENT',
  'model finished: 512 prompt tokens, 128 completion tokens',
  'user signed up: analytics.events.user_signup',
  'payment declined: insufficient funds',
  'slow_down_factor=2 applied to simulation',
];

describe('explaining errors', () => {
  it('is right about what libraries, nats-server and its clients print', () => {
    const wrong = recorded.filter(({ explanation, text }) => idsOf(text)[0] !== explanation);
    assert.deepEqual(
      wrong.map(({ library, explanation, text }) => ({ library, explanation, text, got: idsOf(text) })),
      [],
    );
    assert.ok(recorded.length >= 150, `${recorded.length} texts`);
  });

  it('is right about what other programs are known to print', () => {
    const wrong = pasted.filter(([explanation, text]) => idsOf(text)[0] !== explanation);
    assert.deepEqual(
      wrong.map(([explanation, text]) => ({ explanation, text, got: idsOf(text) })),
      [],
    );
  });

  it('keeps quiet about everything else', () => {
    assert.ok(unrelated.length >= 100, `${unrelated.length} lines`);
    assert.deepEqual(
      unrelated.filter(text => idsOf(text).length > 0).map(text => [text, idsOf(text)]),
      [],
    );
  });

  it('understands colours, JSON in a log line, addresses and several lines', () => {
    assert.equal(idsOf('\u001b[31mJsonWebTokenError\u001b[0m: jwt malformed')[0], 'token/malformed');
    assert.equal(idsOf('level=error body={"error":{"message":"jwt expired"}} path=/x')[0], 'token/expired');
    assert.equal(
      idsOf('Request failed\n  at handler (app.js:3)\nCaused by: jwt issuer invalid. expected: https://a.example.com/')[0],
      'token/issuer-refused',
    );
  });

  it('takes the names out of the message', () => {
    const [denied] = explainError('"SHOP/user:ada" - Publish Violation - Subject "data.a"');
    assert.deepEqual(denied?.names, { account: 'SHOP', user: 'ada', subject: 'data.a' });
    const [audience] = explainError('jwt audience invalid. expected: billing-api');
    assert.deepEqual(audience?.names, { audience: 'billing-api' });
  });

  it('never throws, nor takes long, whatever it is given', () => {
    for (const text of [
      '',
      ' ',
      '{',
      '{"a":',
      '%',
      'error=%zz',
      '{'.repeat(50_000),
      '"'.repeat(50_000),
      'a_b '.repeat(20_000),
      'error="'.repeat(9_000),
    ]) {
      assert.ok(Array.isArray(explainError(text)));
    }
  });

  it('knows only rules and contexts that exist, and every text is a sentence', () => {
    for (const { id, rules, patterns, title, cause, confirm, fix } of authErrors) {
      for (const rule of rules)
        assert.ok(ruleFacts.has(rule) || /^(jwt|creds|command|compose|nats|platform)\//.test(rule), `${id}: ${rule}`);
      for (const { near } of patterns) assert.ok(near === undefined || near in errorContexts || near.length > 3, `${id}: ${near}`);
      for (const text of [title, cause, confirm, fix]) assert.match(text, /[.`]$/, `${id}: ${text}`);
    }
    assert.ok(existsSync('test/oracle/auth-error-texts.json'));
  });
});
