// Errors as the JWT libraries of node print them: each is a real call that is refused. Prints one JSON object a line.
//   node node-libraries.mjs FOLDER    a folder whose node_modules hold the libraries
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = resolve(process.argv[2] ?? '.');
const require = createRequire(join(folder, 'package.json'));
const jwt = require('jsonwebtoken');
const jose = await import(pathToFileURL(join(folder, 'node_modules/jose/dist/webapi/index.js')).href);
const secret = randomBytes(32).toString('base64');
const other = randomBytes(32).toString('base64');
const rsa = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** Runs a call that must fail, and prints its error with the id of the explanation that fits. */
async function attempt(library, explanation, run) {
  const { version } = JSON.parse(readFileSync(join(folder, 'node_modules', library, 'package.json'), 'utf8'));
  try {
    await run();
  } catch (error) {
    const named = String(error).startsWith(error.name) ? '' : `${error.name}: `;
    console.log(JSON.stringify({ library, version, explanation, text: `${named}${error}` }));
    return;
  }
  throw new Error(`${library} accepted what it should refuse: ${explanation}`);
}

const now = Math.floor(Date.now() / 1000);
const claims = { sub: 'ada', iss: 'https://issuer.example.com/', aud: 'orders-api' };
const good = jwt.sign({ ...claims, exp: now + 600 }, secret);
const expired = jwt.sign({ ...claims, exp: now - 600 }, secret);
const early = jwt.sign({ ...claims, nbf: now + 600, exp: now + 1200 }, secret);
const none = jwt.sign(claims, null, { algorithm: 'none' });
const asymmetric = jwt.sign({ ...claims, exp: now + 600 }, rsa.privateKey, { algorithm: 'RS256', keyid: 'key-2025' });
const cut = good.slice(0, -6);
// jsonwebtoken
await attempt('jsonwebtoken', 'token/expired', () => jwt.verify(expired, secret));
await attempt('jsonwebtoken', 'token/not-yet-valid', () => jwt.verify(early, secret));
await attempt('jsonwebtoken', 'token/signature-invalid', () => jwt.verify(good, other));
await attempt('jsonwebtoken', 'token/signature-invalid', () => jwt.verify(cut, secret));
await attempt('jsonwebtoken', 'token/algorithm-refused', () => jwt.verify(good, secret, { algorithms: ['RS256'] }));
await attempt('jsonwebtoken', 'token/malformed', () => jwt.verify('not-a-token', secret));
await attempt('jsonwebtoken', 'token/malformed', () => jwt.verify('a.b.c', secret));
await attempt('jsonwebtoken', 'token/missing', () => jwt.verify('', secret));
await attempt('jsonwebtoken', 'token/missing', () => jwt.verify(undefined, secret));
await attempt('jsonwebtoken', 'token/verification-key-missing', () => jwt.verify(good, undefined));
await attempt('jsonwebtoken', 'token/audience-refused', () => jwt.verify(good, secret, { audience: 'billing-api' }));
await attempt('jsonwebtoken', 'token/issuer-refused', () => jwt.verify(good, secret, { issuer: 'https://other.example.com' }));
await attempt('jsonwebtoken', 'token/subject-refused', () => jwt.verify(good, secret, { subject: 'bob' }));
await attempt('jsonwebtoken', 'token/unsigned', () => jwt.verify(none, secret));
await attempt('jsonwebtoken', 'token/expired', () =>
  jwt.verify(jwt.sign({ ...claims, iat: now - 7200 }, secret), secret, { maxAge: '1h' }),
);
await attempt('jsonwebtoken', 'token/verification-key-missing', () => jwt.sign(claims, undefined));
await attempt('jsonwebtoken', 'token/key-kind-wrong', () => jwt.sign(claims, secret, { algorithm: 'RS256' }));
await attempt('jsonwebtoken', 'token/algorithm-refused', () => jwt.verify(asymmetric, secret));
// jose
const key = new TextEncoder().encode(secret);
const rsaKey = await jose.importSPKI(rsa.publicKey, 'RS256');
await attempt('jose', 'token/expired', () => jose.jwtVerify(expired, key));
await attempt('jose', 'token/not-yet-valid', () => jose.jwtVerify(early, key));
await attempt('jose', 'token/signature-invalid', () => jose.jwtVerify(good, new TextEncoder().encode(other)));
await attempt('jose', 'token/algorithm-refused', () => jose.jwtVerify(good, key, { algorithms: ['RS256'] }));
await attempt('jose', 'token/malformed', () => jose.jwtVerify('nonsense', key));
await attempt('jose', 'token/malformed', () => jose.jwtVerify('a.b.c', key));
await attempt('jose', 'token/audience-refused', () => jose.jwtVerify(good, key, { audience: 'billing-api' }));
await attempt('jose', 'token/issuer-refused', () => jose.jwtVerify(good, key, { issuer: 'https://other.example.com' }));
await attempt('jose', 'token/subject-missing', () => jose.jwtVerify(jwt.sign({ iss: 'a' }, secret), key, { requiredClaims: ['sub'] }));
await attempt('jose', 'token/key-unknown', async () =>
  jose.jwtVerify(asymmetric, jose.createLocalJWKSet({ keys: [{ ...(await jose.exportJWK(rsaKey)), kid: 'other', alg: 'RS256' }] })),
);
await attempt('jose', 'token/key-kind-wrong', () => jose.jwtVerify(asymmetric, key));
await attempt('jose', 'token/key-kind-wrong', async () => new jose.SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(key));
/** A provider on loopback: /500 fails, /html answers a page, /slow never answers, everything else is an empty key set. */
const server = createServer((request, response) => {
  if (request.url === '/slow') return;
  if (request.url === '/500') response.statusCode = 500;
  response.setHeader('content-type', request.url === '/html' ? 'text/html' : 'application/json');
  response.end(request.url === '/html' ? '<html>' : JSON.stringify({ keys: [] }));
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}`;
await attempt('jose', 'token/key-set-unreachable', () => jose.jwtVerify(asymmetric, jose.createRemoteJWKSet(new URL(`${base}/500`))));
await attempt('jose', 'token/key-set-unreachable', () => jose.jwtVerify(asymmetric, jose.createRemoteJWKSet(new URL(`${base}/html`))));
await attempt('jose', 'token/key-set-unreachable', () =>
  jose.jwtVerify(asymmetric, jose.createRemoteJWKSet(new URL(`${base}/slow`), { timeoutDuration: 200 })),
);
await attempt('jose', 'token/unsigned', () => jose.jwtVerify(none, key));
// jwks-rsa
const jwks = require('jwks-rsa');
await attempt('jwks-rsa', 'token/key-unknown', () => jwks({ jwksUri: `${base}/empty` }).getSigningKey('key-2025'));
await attempt('jwks-rsa', 'token/key-set-unreachable', () => jwks({ jwksUri: `${base}/500` }).getSigningKey('key-2025'));
// express-jwt
// Express middleware
const { expressjwt } = require('express-jwt');
/** Runs one middleware on a request; rejects with what it refuses the request by. */
const call = (middleware, request) =>
  new Promise((resolve, reject) => middleware(request, {}, error => (error ? reject(error) : resolve('passed'))));
const reqOf = token => ({ headers: token === undefined ? {} : { authorization: token } });
const middleware = expressjwt({ secret, algorithms: ['HS256'], audience: 'orders-api' });
await attempt('express-jwt', 'token/missing', () => call(middleware, reqOf()));
await attempt('express-jwt', 'token/header-malformed', () => call(middleware, reqOf('Bearer')));
await attempt('express-jwt', 'token/header-malformed', () => call(middleware, reqOf(`Token ${good}`)));
await attempt('express-jwt', 'token/expired', () => call(middleware, reqOf(`Bearer ${expired}`)));
await attempt('express-jwt', 'token/signature-invalid', () => call(middleware, reqOf(`Bearer ${jwt.sign(claims, other)}`)));
await attempt('express-jwt', 'gateway/verifier-incomplete', () => expressjwt({ secret }));
await attempt('express-jwt', 'token/audience-refused', () =>
  call(expressjwt({ secret, algorithms: ['HS256'], audience: 'x' }), reqOf(`Bearer ${good}`)),
);
// express-oauth2-jwt-bearer
const { auth, requiredScopes } = require('express-oauth2-jwt-bearer');
await attempt('express-oauth2-jwt-bearer', 'gateway/secret-and-key-set', () =>
  auth({ secret, jwksUri: base, issuer: 'https://a.example.com', audience: 'x' }),
);
await attempt('express-oauth2-jwt-bearer', 'token/audience-setting-missing', () => auth({ issuerBaseURL: 'https://a.example.com' }));
await attempt('express-oauth2-jwt-bearer', 'gateway/verifier-incomplete', () =>
  auth({ secret, issuer: 'https://a.example.com', audience: 'x' }),
);
await attempt('express-oauth2-jwt-bearer', 'gateway/verifier-incomplete', () => auth({ audience: 'x' }));
const bearer = auth({ secret, issuer: 'https://issuer.example.com/', audience: 'orders-api', tokenSigningAlg: 'HS256' });
/** As much of an Express request as the middleware looks at. */
const full = {
  query: {},
  body: {},
  is: () => false,
  method: 'GET',
  protocol: 'http',
  host: 'api.example.com',
  hostname: 'api.example.com',
  get: n => (n.toLowerCase() === 'host' ? 'api.example.com' : undefined),
  originalUrl: '/',
};
await attempt('express-oauth2-jwt-bearer', 'token/missing', () => call(bearer, { ...full, headers: { host: 'api.example.com' } }));
await attempt('express-oauth2-jwt-bearer', 'token/expired', () =>
  call(bearer, { ...full, headers: { host: 'api.example.com', authorization: `Bearer ${expired}` } }),
);
await attempt('express-oauth2-jwt-bearer', 'token/signature-invalid', () =>
  call(bearer, { ...full, headers: { host: 'api.example.com', authorization: `Bearer ${jwt.sign({ ...claims, exp: now + 60 }, other)}` } }),
);
await attempt('express-oauth2-jwt-bearer', 'token/audience-refused', () =>
  call(bearer, {
    ...full,
    headers: { host: 'api.example.com', authorization: `Bearer ${jwt.sign({ ...claims, aud: 'x', exp: now + 60 }, secret)}` },
  }),
);
await attempt('express-oauth2-jwt-bearer', 'token/issuer-refused', () =>
  call(bearer, {
    ...full,
    headers: { host: 'api.example.com', authorization: `Bearer ${jwt.sign({ ...claims, iss: 'x', exp: now + 60 }, secret)}` },
  }),
);
await attempt('express-oauth2-jwt-bearer', 'token/scope-insufficient', () =>
  call(requiredScopes('write:orders'), { ...full, auth: { payload: { scope: 'read:orders' } } }),
);
await attempt('express-oauth2-jwt-bearer', 'token/discovery-failed', () =>
  call(auth({ issuerBaseURL: base, audience: 'x' }), {
    ...full,
    headers: { host: 'api.example.com', authorization: `Bearer ${asymmetric}` },
  }),
);
// fast-jwt
const { createVerifier } = require('fast-jwt');
await attempt('fast-jwt', 'token/expired', () => createVerifier({ key: secret })(expired));
await attempt('fast-jwt', 'token/not-yet-valid', () => createVerifier({ key: secret })(early));
await attempt('fast-jwt', 'token/signature-invalid', () => createVerifier({ key: other })(good));
await attempt('fast-jwt', 'token/algorithm-refused', () => createVerifier({ key: secret, algorithms: ['HS512'] })(good));
await attempt('fast-jwt', 'token/audience-refused', () => createVerifier({ key: secret, allowedAud: 'x' })(good));
await attempt('fast-jwt', 'token/issuer-refused', () => createVerifier({ key: secret, allowedIss: 'x' })(good));
await attempt('fast-jwt', 'token/malformed', () => createVerifier({ key: secret })('nonsense'));
await attempt('fast-jwt', 'token/subject-missing', () =>
  createVerifier({ key: secret, requiredClaims: ['sub'] })(jwt.sign({ iss: 'a' }, secret)),
);
// aws-jwt-verify
const { JwtVerifier } = require('aws-jwt-verify');
const cognito = JwtVerifier.create({ issuer: 'https://issuer.example.com/', audience: 'x', jwksUri: `${base}/empty` });
await attempt('aws-jwt-verify', 'token/malformed', () => cognito.verify('nonsense'));
await attempt('aws-jwt-verify', 'token/key-set-unreachable', () =>
  JwtVerifier.create({ issuer: 'https://z.example.com/', audience: 'x' }).verify(asymmetric),
);
// google-auth-library
const { OAuth2Client } = require('google-auth-library');
const google = new OAuth2Client();
await attempt('google-auth-library', 'token/audience-refused', () =>
  google.verifySignedJwtWithCertsAsync(asymmetric, { 'key-2025': rsa.publicKey }, 'x', ['https://issuer.example.com/']),
);
await attempt('google-auth-library', 'token/issuer-refused', () =>
  google.verifySignedJwtWithCertsAsync(asymmetric, { 'key-2025': rsa.publicKey }, 'orders-api', ['https://z']),
);
await attempt('google-auth-library', 'token/key-unknown', () =>
  google.verifySignedJwtWithCertsAsync(asymmetric, { x: rsa.publicKey }, 'orders-api', ['https://issuer.example.com/']),
);
await attempt('google-auth-library', 'token/expired', () =>
  google.verifySignedJwtWithCertsAsync(
    jwt.sign({ ...claims, iat: now - 7200, exp: now - 3600 }, rsa.privateKey, { algorithm: 'RS256', keyid: 'k' }),
    { k: rsa.publicKey },
    'orders-api',
    ['https://issuer.example.com/'],
  ),
);
await attempt('google-auth-library', 'token/malformed', () => google.verifySignedJwtWithCertsAsync('nonsense', {}, 'x'));
// okta
const Okta = require('@okta/jwt-verifier');
await attempt('@okta/jwt-verifier', 'gateway/verifier-incomplete', () => new Okta({}));
await attempt('@okta/jwt-verifier', 'token/malformed', () =>
  new Okta({ issuer: 'https://a.okta.com/oauth2/default' }).verifyAccessToken('nonsense', 'api://default'),
);
await attempt('@okta/jwt-verifier', 'gateway/http-issuer', () => new Okta({ issuer: 'http://a.okta.com/oauth2/default' }));
const njwt = require('njwt');
await attempt('njwt', 'token/expired', () => njwt.verify(expired, secret));
await attempt('njwt', 'token/signature-invalid', () => njwt.verify(good, other));
await attempt('njwt', 'token/algorithm-refused', () => njwt.verify(good, secret, 'HS512'));
await attempt('njwt', 'token/malformed', () => njwt.verify('nonsense', secret));
server.closeAllConnections();
server.close();
