// The symptoms that people look up on troubleshooting pages, each with every way in which Authlint meets it. `docs/troubleshooting.md` is
// written from this, and `test/features/troubleshooting.test.ts` shows that each way is real.

/** A workspace in which a rule finds the cause. */
export interface MetByRule {
  readonly rule: string;
  readonly files: Readonly<Record<string, string>>;
}

/** A text that is explained. */
export interface MetByExplanation {
  readonly explains: string;
  readonly text: string;
}

/** Claims of a token whose report shows the cause: name of the check, and the claims and header of the token. */
export interface MetByCheck {
  readonly check: string;
  readonly outcome: 'fail' | 'unknown';
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Words that stand in a hover. */
export interface MetByHover {
  readonly hover: RegExp;
  /** A `|` stands before the character that is pointed at. */
  readonly files: Readonly<Record<string, string>>;
}

export type Way = MetByRule | MetByExplanation | MetByCheck | MetByHover;

export interface Trouble {
  readonly system: string;
  readonly symptom: string;
  readonly cause: string;
  readonly ways: readonly Way[];
}

/** Everything is judged at this time. */
export const troubleTime = '2026-01-01T00:00:00Z';

const seconds = (iso: string) => Date.parse(iso) / 1000;
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** A token that nobody can verify: these rows are about what it says. */
const token = (claims: object, header: object = { alg: 'HS256', typ: 'JWT' }) => `${part(header)}.${part(claims)}.c2lnbmF0dXJl`;
const usual = {
  iss: 'https://id.example.com/',
  aud: 'orders',
  sub: 'ada',
  iat: seconds('2025-12-31T23:00:00Z'),
  exp: seconds('2026-01-01T06:00:00Z'),
};
const old = { ...usual, iat: seconds('2025-12-30T00:00:00Z'), exp: seconds('2025-12-30T01:00:00Z') };

const gateway = (lines: string) => `services:\n  gateway:\n    image: example/gateway\n    environment:\n${lines}`;

/** Of the size that HS256 has, by a secret that nobody knows. */
const foreignSignature = Buffer.alloc(32, 7).toString('base64url');
const signingSecret = '5f1e2d3c4b5a69788796a5b4c3d2e1f05f1e2d3c4b5a6978';
const keySet = '      JWKS_URI: https://id.example.com/jwks.json\n      JWT_ISSUER: https://id.example.com/\n      JWT_AUDIENCE: orders\n';

const platformFile = (auth: string, oidc: string) =>
  `platform:\n  base_url: https://models.example.com\nauth:\n  enabled: true\n${auth}  oidc:\n    enabled: true\n${oidc}`;
const entra = 'https://login.microsoftonline.com/9d3f6f5e-6a0e-4c63-9f3a-2f8a9f4f6b11/v2.0';

const scanner = 'API scanner (nat scan)';
const platform = 'NeMo Platform';
const compose = 'API gateway behind Compose';
const nats = 'NATS authorization';
const bearer = 'Bearer tokens in NATS';

export const troubles: readonly Trouble[] = [
  {
    system: scanner,
    symptom: '401 on most or all requests',
    cause: 'no token, the wrong type of authentication, or an expired token',
    ways: [
      { rule: 'command/bearer-without-token', files: { 'scan.sh': 'nat scan --url https://a.example.com --auth-type bearer\n' } },
      { rule: 'command/header-type-without-header', files: { 'scan.sh': 'nat scan --url https://a.example.com --auth-type header\n' } },
      {
        rule: 'command/expired-token-in-command',
        files: { 'scan.sh': `TOKEN=${token(old)}\nnat scan --url https://a.example.com --auth-type bearer --token "$TOKEN"\n` },
      },
      { explains: 'scanner/unauthorized', text: 'Scan failed: 401 Unauthorized on all requests' },
    ],
  },
  {
    system: scanner,
    symptom: '403 on some endpoints',
    cause: 'expected where other identities are tried',
    ways: [{ explains: 'scanner/forbidden', text: 'nat scan: 12 endpoints answered 403 Forbidden' }],
  },
  {
    system: scanner,
    symptom: '"Failed to fetch OAuth2 token"',
    cause: 'the token request is incomplete or refused',
    ways: [
      { explains: 'scanner/oauth2-token', text: 'Error: Failed to fetch OAuth2 token' },
      { explains: 'oauth/invalid-client', text: 'Failed to fetch OAuth2 token: {"error":"invalid_client"}' },
      { explains: 'oauth/invalid-scope', text: '{"error":"invalid_scope"}' },
      { explains: 'oauth/unauthorized-client', text: '{"error":"unauthorized_client"}' },
      { explains: 'oauth/invalid-grant', text: '{"error":"invalid_grant"}' },
      {
        rule: 'command/oauth2-incomplete',
        files: { 'scan.sh': 'nat scan --url https://a.example.com --auth-type oauth2 --oauth2-client-id scanner\n' },
      },
    ],
  },
  {
    system: scanner,
    symptom: 'Auth0 gives no usable token',
    cause: 'Auth0 needs an audience, not a scope',
    ways: [
      {
        rule: 'command/auth0-needs-audience',
        files: {
          'scan.sh':
            'nat scan --url https://a.example.com --auth-type oauth2 --oauth2-token-url https://shop.eu.auth0.com/oauth/token --oauth2-client-id a --oauth2-client-secret "$S" --oauth2-scope orders:read\n',
        },
      },
      {
        explains: 'auth0/service-not-found',
        text: '{"error":"access_denied","error_description":"Service not found: https://a.example.com"}',
      },
    ],
  },
  {
    system: scanner,
    symptom: '"Token expired"',
    cause: '`exp` has passed',
    ways: [
      { rule: 'jwt/expired', files: { 'token.txt': token(old) } },
      { check: 'expiry', outcome: 'fail', claims: old },
      { explains: 'token/expired', text: 'Token expired' },
    ],
  },
  {
    system: scanner,
    symptom: '"Invalid signature"',
    cause: 'the token was cut or altered, or the key is another one',
    ways: [
      { explains: 'token/signature-invalid', text: 'Invalid signature' },
      {
        rule: 'jwt/signature-mismatch',
        files: { 'scan.env': `JWT_SECRET=${signingSecret}\nTOKEN=${token({ sub: 'ada' }).replace(/[^.]+$/, foreignSignature)}\n` },
      },
    ],
  },
  {
    system: scanner,
    symptom: '"Invalid audience"',
    cause: '`aud` is not the audience of the API',
    ways: [
      { explains: 'token/audience-refused', text: 'Invalid audience' },
      {
        rule: 'jwt/audience-mismatch',
        files: { 'compose.yaml': gateway(keySet), 'token.txt': token({ ...usual, aud: 'orders/' }, { alg: 'RS256' }) },
      },
    ],
  },
  {
    system: scanner,
    symptom: '"Algorithm not supported"',
    cause: 'the API expects another `alg`',
    ways: [
      { explains: 'token/algorithm-refused', text: 'Algorithm not supported' },
      { rule: 'jwt/alg-none', files: { 'token.txt': `${part({ alg: 'none' })}.${part(usual)}.` } },
    ],
  },
  {
    system: scanner,
    symptom: 'the scan fails midway with 401',
    cause: 'the token lives shorter than the scan',
    ways: [
      {
        rule: 'command/token-expires-during-scan',
        files: {
          'scan.sh': `nat scan --url https://a.example.com --auth-type bearer --token ${token({ ...usual, exp: seconds('2026-01-01T00:10:00Z') })}\n`,
        },
      },
    ],
  },
  {
    system: scanner,
    symptom: 'Basic authentication fails',
    cause: 'characters of the user name or password that mean something elsewhere',
    ways: [
      { rule: 'command/basic-special-characters', files: { 'try.sh': 'curl https://ada@example.com:pa%ss@a.example.com/orders\n' } },
      { explains: 'scanner/basic', text: 'Basic authentication failed' },
    ],
  },
  {
    system: scanner,
    symptom: 'the self-hosted server refuses the API key',
    cause: 'an old key, or one that is not sent as Bearer token',
    ways: [{ explains: 'scanner/api-key', text: 'nat server: Invalid API key' }],
  },
  {
    system: platform,
    symptom: '401 on every request',
    cause: 'no credentials, another issuer or audience, or the principal header although OIDC is on',
    ways: [
      { explains: 'token/missing', text: 'www-authenticate: Bearer' },
      { explains: 'token/issuer-refused', text: 'jwt issuer invalid. expected: https://login.example.com/' },
      {
        rule: 'jwt/issuer-mismatch',
        files: {
          'platform.yaml': platformFile('', '    issuer: https://id.example.com\n    client_id: orders\n'),
          'token.txt': token(usual, { alg: 'RS256' }),
        },
      },
      { explains: 'platform/principal-header', text: 'X-NMP-Principal-Id is ignored because OIDC is enabled' },
      {
        rule: 'command/principal-header-with-oidc',
        files: {
          'platform.yaml': platformFile('', '    issuer: https://sso.example.com\n    client_id: models\n'),
          'try.sh': 'curl -H "X-NMP-Principal-Id: ada" https://models.example.com/apis/models\n',
        },
      },
      { rule: 'platform/issuer-format', files: { 'platform.yaml': platformFile('', `    issuer: ${entra}/\n    client_id: models\n`) } },
      {
        rule: 'platform/oidc-disabled-with-issuer',
        files: { 'platform.yaml': platformFile('', `    issuer: ${entra}\n`).replace('    enabled: true', '    enabled: false') },
      },
    ],
  },
  {
    system: platform,
    symptom: '403 although entitled',
    cause: 'no role, a scope that is too narrow, or a role that has not spread yet',
    ways: [
      { explains: 'platform/scope', text: 'missing required scope platform:write' },
      { explains: 'platform/role-binding', text: 'Forbidden: no role binding for ada in workspace demo' },
      {
        rule: 'jwt/missing-scope',
        files: { 'run.sh': `curl -X POST -H "Authorization: Bearer ${token({ ...usual, scope: 'platform:read' })}" "$API/models"\n` },
      },
      { rule: 'command/scope-too-narrow', files: { 'run.sh': 'nemo auth login --scope platform:read\nnemo workspaces create demo\n' } },
    ],
  },
  {
    system: platform,
    symptom: 'AADSTS70011 at login',
    cause: 'the scope is not exposed or nobody has consented',
    ways: [{ explains: 'entra/aadsts70011', text: 'AADSTS70011: The provided value for the input parameter scope is not valid.' }],
  },
  {
    system: platform,
    symptom: '"Device flow not enabled", "Public client flows not allowed"',
    cause: 'the application of the identity provider lacks the device flow',
    ways: [
      { explains: 'oauth/device-flow-disabled', text: 'Device flow not enabled for this client' },
      { explains: 'oauth/device-flow-disabled', text: 'Public client flows not allowed' },
    ],
  },
  {
    system: platform,
    symptom: 'the client id is another one',
    cause: '`auth.oidc.client_id` is not the application of the identity provider',
    ways: [
      { rule: 'platform/audience-or-client-id', files: { 'platform.yaml': platformFile('', `    issuer: ${entra}\n`) } },
      { explains: 'entra/aadsts70001', text: "AADSTS700016: Application with identifier 'x' was not found in the directory" },
    ],
  },
  {
    system: platform,
    symptom: 'the administrator is shut out',
    cause: '`admin_email` is compared with the token letter for letter, and Entra carries the address as `upn`',
    ways: [
      {
        rule: 'platform/admin-email-case',
        files: {
          'platform.yaml': platformFile(
            '  admin_email: Ada@Example.com\n',
            `    issuer: ${entra}\n    client_id: models\n    email_claim: upn\n`,
          ),
          'token.txt': token({ ...usual, upn: 'ada@example.com' }),
        },
      },
      {
        rule: 'platform/email-claim-provider',
        files: { 'platform.yaml': platformFile('', `    issuer: ${entra}\n    client_id: models\n`) },
      },
    ],
  },
  {
    system: platform,
    symptom: 'a workspace cannot be deleted',
    cause: 'it is not empty, or the user is not its Admin',
    ways: [{ explains: 'platform/workspace-not-empty', text: 'Workspace demo cannot be deleted: 2 models' }],
  },
  {
    system: platform,
    symptom: 'authorization at the gateway does nothing',
    cause: 'the gateway neither sets nor strips its header',
    ways: [{ explains: 'platform/gateway-headers', text: 'missing header X-NMP-Authorized' }],
  },
  {
    system: platform,
    symptom: 'a change of role has no effect',
    cause: 'policy data is refreshed at intervals',
    ways: [
      { explains: 'platform/role-propagation', text: 'role change has no effect' },
      {
        hover: /30.*takes this long to count/s,
        files: { 'platform.yaml': platformFile('  policy_data_|refresh_interval: 60\n', '    issuer: https://sso.example.com\n') },
      },
    ],
  },
  {
    system: compose,
    symptom: 'development headers are ignored, 401',
    cause: 'the development mode is off',
    ways: [
      {
        rule: 'command/dev-header-without-dev-mode',
        files: {
          'compose.yaml': gateway('      DEVELOPMENT_AUTH_ENABLED: "false"\n      JWKS_URI: https://id.example.com/jwks.json\n'),
          'try.sh': 'curl -H "X-Dev-User-Id: ada" http://localhost:8080/orders\n',
        },
      },
      { explains: 'gateway/dev-headers', text: '401: X-Dev-User-Id is ignored' },
    ],
  },
  {
    system: compose,
    symptom: '"JWT missing required \'sub\' claim"',
    cause: 'the token has no `sub`',
    ways: [
      { rule: 'jwt/missing-sub', files: { 'token.txt': token({ ...usual, sub: undefined }) } },
      { check: 'subject', outcome: 'fail', claims: { ...usual, sub: undefined } },
      { explains: 'token/subject-missing', text: "JWT missing required 'sub' claim" },
    ],
  },
  {
    system: compose,
    symptom: '"invalid algorithm"',
    cause: 'the token and the mode of the gateway differ',
    ways: [
      { explains: 'token/algorithm-refused', text: 'invalid algorithm' },
      {
        rule: 'compose/jwt-secret-and-jwks-uri',
        files: { 'compose.yaml': gateway('      JWT_SECRET: ${JWT_SECRET:?}\n      JWKS_URI: https://id.example.com/jwks.json\n') },
      },
      { rule: 'jwt/algorithm-mismatch', files: { 'compose.yaml': gateway(keySet), 'token.txt': token(usual) } },
    ],
  },
  {
    system: compose,
    symptom: '"invalid signature"',
    cause: "services hold different secrets, or the key set is another tenant's",
    ways: [
      { explains: 'token/signature-invalid', text: 'invalid signature' },
      {
        rule: 'compose/secret-mismatch',
        files: {
          'compose.yaml':
            'services:\n  gateway:\n    image: example/gateway\n    environment:\n      JWT_SECRET: 5f1e2d3c4b5a69788796a5b4c3d2e1f05f1e2d3c4b5a6978\n  orders:\n    image: example/orders\n    environment:\n      JWT_SECRET: 0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6071\n',
        },
      },
      {
        rule: 'compose/jwks-issuer-mismatch',
        files: {
          'compose.yaml': gateway(
            '      JWKS_URI: https://tenant.auth0.com/.well-known/jwks.json\n      JWT_ISSUER: https://tenant.us.auth0.com/\n      JWT_AUDIENCE: orders\n',
          ),
        },
      },
    ],
  },
  {
    system: compose,
    symptom: '"jwt expired"',
    cause: '`exp` has passed',
    ways: [
      { rule: 'jwt/expired', files: { 'request.sh': `curl -H "Authorization: Bearer ${token(old)}" https://a.example.com\n` } },
      { explains: 'token/expired', text: 'jwt expired' },
    ],
  },
  {
    system: compose,
    symptom: '403 after 200',
    cause: 'the token has none of the permissions that the gateway reads',
    ways: [
      { rule: 'jwt/permissions-format', files: { 'token.txt': token({ ...usual, permissions: 'orders:read' }) } },
      { check: 'permissions', outcome: 'unknown', claims: usual },
      { explains: 'token/scope-insufficient', text: '{"error":"insufficient_scope"}' },
    ],
  },
  {
    system: compose,
    symptom: 'the development mode reaches production',
    cause: 'the switch is on in a production file, or in a base that production does not turn off',
    ways: [
      {
        rule: 'compose/dev-auth-in-production',
        files: {
          'docker-compose.prod.yml': gateway('      DEVELOPMENT_AUTH_ENABLED: "true"\n      JWKS_URI: https://id.example.com/jwks.json\n'),
        },
      },
    ],
  },
  {
    system: nats,
    symptom: '"Permissions Violation for Publish"',
    cause: 'a rule is one token too narrow',
    ways: [
      { explains: 'nats/publish-denied', text: 'Permissions Violation for Publish to "analytics.events.user_signup"' },
      {
        rule: 'nats/publish-too-narrow',
        files: {
          'nats.conf':
            'listen: 127.0.0.1:4222\nauthorization {\n  users = [ { user: analytics, password: $PW, permissions: { publish: "data.>", subscribe: "_INBOX.>" } } ]\n}\n',
          'signup.js':
            "import { connect } from 'nats';\nconst nc = await connect({ servers: 'localhost', user: 'analytics', pass: process.env.PW });\nnc.publish('analytics.events.user_signup', '{}');\n",
        },
      },
    ],
  },
  {
    system: nats,
    symptom: 'a JWT expired or was revoked',
    cause: 'the user must get a new one',
    ways: [
      { explains: 'nats/user-expired', text: "-ERR 'User Authentication Expired'" },
      { explains: 'nats/revoked', text: 'nats: authentication revoked' },
    ],
  },
  {
    system: nats,
    symptom: '`type: jwt`, `auth_url`, `issuer` in the configuration',
    cause: 'articles invented these fields',
    ways: [
      { rule: 'nats/invented-field', files: { 'nats.conf': 'authorization {\n  type: jwt\n}\n' } },
      { rule: 'nats/invented-field', files: { 'nats.conf': 'auth_url: "https://auth.example.com"\n' } },
      { explains: 'nats-server/unknown-field', text: 'nats-server: nats.conf:2:3: unknown field "type"' },
    ],
  },
  {
    system: nats,
    symptom: '`nats jwt issue` is no command',
    cause: 'articles invented it',
    ways: [
      { rule: 'command/invented-command', files: { 'setup.sh': 'nats jwt issue --user publisher\n' } },
      { explains: 'nats/invented-command', text: 'nats: error: expected command but got "jwt"' },
    ],
  },
  {
    system: nats,
    symptom: 'nkey seed and public key are confused',
    cause: 'servers know public keys, clients hold seeds',
    ways: [{ explains: 'nats/seed-and-public-key', text: 'Not a valid public nkey for a user' }],
  },
  {
    system: nats,
    symptom: '"Authorization Violation"',
    cause: 'the client sends no credentials, or wrong ones',
    ways: [{ explains: 'nats/authorization-violation', text: "-ERR 'Authorization Violation'" }],
  },
  {
    system: nats,
    symptom: 'a user with `user` and `nkey`',
    cause: 'an entry has one of them',
    ways: [{ explains: 'nats-server/nkey-with-password', text: 'nats.conf:3:5: Nkey users do not take usernames or passwords' }],
  },
  {
    system: bearer,
    symptom: 'one token for all clients (USER_001)',
    cause: 'whoever holds the token is the user',
    ways: [{ rule: 'nats/bearer-token', files: { 'nats.conf': 'listen: 127.0.0.1:4222\nauthorization {\n  token: $NATS_TOKEN\n}\n' } }],
  },
  {
    system: bearer,
    symptom: 'credentials without TLS',
    cause: 'they cross the network in clear text',
    ways: [{ rule: 'nats/no-tls', files: { 'nats.conf': 'port: 4222\nauthorization {\n  user: ada\n  password: $PW\n}\n' } }],
  },
  {
    system: bearer,
    symptom: '`token` beside `users`',
    cause: 'both cannot live in one block',
    ways: [
      {
        rule: 'nats/authorization-conflict',
        files: { 'nats.conf': 'authorization {\n  token: $T\n  users = [ { user: ada, password: $PW } ]\n}\n' },
      },
      { explains: 'nats-server/token-and-users', text: 'nats-server: nats.conf:1:1: Can not have a token and a users array' },
    ],
  },
  {
    system: bearer,
    symptom: 'nobody has to log in (SERVER_007)',
    cause: 'authentication is not required at all',
    ways: [{ rule: 'nats/open-server', files: { 'nats.conf': 'port: 4222\nauthorization {\n}\n' } }],
  },
];
