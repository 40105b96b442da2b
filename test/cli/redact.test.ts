// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose variables, as text
import assert from 'node:assert/strict';
import { findSecrets, masked, pointedSecrets } from '../../server/src/cli/redact.ts';
import { holdsSecret, SecretTexts } from '../../server/src/cli/secret-texts.ts';
import { unverifiable } from '../support/tokens.ts';

const shown = (text: string) => masked(text, findSecrets(text));

describe('secrets in code frames', () => {
  const cases: [string, string][] = [
    ['JWT_SECRET=hunter2hunter2', 'JWT_SECRET=***'],
    ['JWT_SECRET = hunter2 hunter2 # rotate', 'JWT_SECRET = *** # rotate'],
    ['export API_KEY="a b"', 'export API_KEY="***"'],
    ['      - JWT_SECRET=hunter2', '      - JWT_SECRET=***'],
    ['      - "JWT_SECRET=hunter2"', '      - "JWT_SECRET=***'],
    ['      JWT_SECRET: hunter2', '      JWT_SECRET: ***'],
    ['      JWT_SECRET: "hunter2" # why', '      JWT_SECRET: "***" # why'],
    ['JWT_SECRET: ${JWT_SECRET}', 'JWT_SECRET: ${JWT_SECRET}'],
    ['JWT_SECRET: ${JWT_SECRET:?set a secret}', 'JWT_SECRET: ${JWT_SECRET:?set a secret}'],
    ['JWT_SECRET: ${JWT_SECRET:-changeme}', 'JWT_SECRET: ${JWT_SECRET:-***}'],
    [
      'environment: { JWT_SECRET: hunter2, JWKS_URI: "https://a.example/jwks.json" }',
      'environment: { JWT_SECRET: ***, JWKS_URI: "https://a.example/jwks.json" }',
    ],
    ['{user: ana, password: "s3cr3t", permissions: {publish: ">"}}', '{user: ana, password: "***", permissions: {publish: ">"}}'],
    ['  password s3cr3t', '  password ***'],
    ['users = [{user: ana, pass: s3}]', 'users = [{user: ana, pass: ***}]'],
    ['password: $NATS_PASSWORD', 'password: $NATS_PASSWORD'],
    ['jetstream {\n  cipher: aes\n  key: "atrest"\n}\nkey: x', 'jetstream {\n  cipher: aes\n  key: "***"\n}\nkey: x'],
    ['jetstream { key: $JS_KEY }', 'jetstream { key: $JS_KEY }'],
    ['{ user: ana, pas sword: "s3cr3t" }', '{ user: ana, pas sword: "***" }'],
    ['{ password: "s3"cr3t", user: ana }', '{ password: "***"***, user: ana }'],
    ['"client_secret": "abc",', '"client_secret": "***",'],
    ['JWT_SECRET_FILE: /run/secrets/jwt', 'JWT_SECRET_FILE: /run/secrets/jwt'],
    ['bearer_token: true', 'bearer_token: true'],
    ['JWT_SECRET: |\n  line one\n  line two\nJWKS_URI: x', 'JWT_SECRET: |\n  ***\nJWKS_URI: x'],
    ['  JWT_SECRET:\n    hunter2\n  NEXT: 1', '  JWT_SECRET:\n    ***\n  NEXT: 1'],
    ['secrets:\n  jwt:\n    file: x', 'secrets:\n  jwt:\n    file: x'],
    ['url: nats://ana:s3cr3t@hub:7422', 'url: nats://ana:***@hub:7422'],
    ['nats://s3cr3ttoken@hub', 'nats://***@hub'],
    ['nats://hub:4222', 'nats://hub:4222'],
    ['curl -H "Authorization: Bearer abc.def.1"', 'curl -H "Authorization: Bearer ***"'],
    ['curl -u ana:s3cr3t https://a', 'curl -u ana:*** https://a'],
    ['nat scan --token abc123 --url x', 'nat scan --token *** --url x'],
    ['["--token", "abc123"]', '["--token", "***"]'],
    ['nat scan --auth-type bearer --token abc123', 'nat scan --auth-type bearer --token ***'],
    ['a token eyJhbGciOi?iJIUzI1NiJ9.e30.c2ln, cut', 'a token eyJ***, cut'],
    ['TOKEN=eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.', 'TOKEN=eyJ***'],
    ['Use a bearer token here', 'Use a bearer token here'],
    ['x eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0. y', 'x eyJ*** y'],
    [`nkey: SU${'A'.repeat(56)}`, 'nkey: SU***'],
    [`nkey: U${'A'.repeat(56)}`, 'nkey: U***'],
    [`nkey: U${'A'.repeat(55)}`, `nkey: U${'A'.repeat(55)}`],
    ['pw: $2a$11$abcdefghijklmnopqrstuv', 'pw: ***'],
    ['-----BEGIN PRIVATE KEY-----\nabc\ndef\n-----END PRIVATE KEY-----', '-----BEGIN PRIVATE KEY-----\n***-----END PRIVATE KEY-----'],
  ];
  for (const [text, expected] of cases) it(JSON.stringify(text), () => assert.equal(shown(text), expected));

  describe('of tokens that are written in pieces or in base64', () => {
    const token = unverifiable({ sub: 'ada', scope: 'orders:read' }, { alg: 'HS256', kid: 'k1' });
    const [a = '', b = '', c = ''] = token.match(/.{1,50}/g) ?? [];
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const ways: Record<string, [string, string]> = {
      folded: [`token: >-\n  ${a}\n  ${b}\n  ${c}\nnext: 1`, 'token: >-\n  ***\nnext: 1'],
      joined: [`f('${a}' +\n  '${b}' +\n  '${c}')`, "f('eyJ***' +\n  '***' +\n  '***')"],
      continued: [`X=${a}\\\n${b}\\\n${c}\necho`, 'X=eyJ***\n***\\\n***\necho'],
      damaged: [`f('${a}' +\n  '${b}' +\n  '${c}=')`, "f('eyJ***' +\n  '***' +\n  '***=')"],
      cut: [`f("${a}"\n  "${b}")`, 'f("eyJ***"\n  "***")'],
      'base64 of a file': [`data:\n  x: ${base64(token)}`, 'data:\n  x: ZXl***'],
      'base64 behind a name': [`x: ${base64(`ad:${token}`)}`, 'x: YWQ6ZXl***=='],
      'base64 that is cut': [`x: ${base64(token).slice(0, 80)}`, 'x: ZXlK***'],
    };
    for (const [way, [text, expected]] of Object.entries(ways)) it(way, () => assert.equal(shown(text), expected));
  });

  it('masks a value wherever else it stands', () => {
    assert.equal(shown('PASS=correcthorse\necho correcthorse\n'), 'PASS=***\necho ***\n');
  });

  it('masks a place that a rule about secrets points at, but neither its key nor a reference', () => {
    const text = 'ADMIN = "s3cr3t"\nx: $ADMIN\n';
    const pointed = (start: number, end: number) =>
      masked(text, pointedSecrets(text, [{ rule: 'nats/plaintext-password', span: { start, end } }]));
    assert.equal(pointed(8, 16), 'ADMIN = "***"\nx: $ADMIN\n');
    assert.equal(pointed(0, 16), 'ADMIN = "***"\nx: $ADMIN\n');
    assert.equal(pointed(0, 5), text);
    assert.equal(pointed(20, 26), text);
  });

  it('masks all places of values that begin alike, and none that only begins so', () => {
    const text = 'PASS=correct-horse\nTOKEN=correct-horse-battery\necho correct-horse-battery correct-horse correct-house\n';
    assert.equal(shown(text), 'PASS=***\nTOKEN=***\necho *** *** correct-house\n');
  });

  it('knows a text that would carry a secret away', () => {
    const source = 'JWT_SECRET: hunter2hunter2\n';
    const secrets = new SecretTexts(source, findSecrets(source));
    assert.ok(holdsSecret('JWT_SECRET=hunter2hunter2\n', secrets));
    assert.ok(holdsSecret('"hunter2hunter2"', secrets));
    assert.ok(!holdsSecret('JWT_SECRET: ${JWT_SECRET:?}', secrets));
    assert.ok(!holdsSecret('"', secrets));
  });
});
