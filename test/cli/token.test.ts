// `authlint token`: one token, decoded and checked with the key that the person names.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';
import { Folder, type Surroundings, tokenOf } from '../support/command-line.ts';

const secret = 'a-secret-of-at-least-thirty-two-letters';
const now = '2026-01-01T00:00:00Z';
const seconds = Date.parse(now) / 1000;

interface Report {
  readonly header: object | null;
  readonly claims: object | null;
  readonly checks: readonly { readonly check: string; readonly outcome: string; readonly why: string }[];
  readonly verifiers: readonly {
    readonly name: string;
    readonly path: string | null;
    readonly accepts: boolean | null;
    readonly why: readonly string[];
  }[];
}

describe('authlint token', () => {
  let folder: Folder;
  let hs: string;
  let rs: string;
  let jwk: JWK;
  let pem: string;
  before(async () => {
    const sign = (alg: string, key: Parameters<SignJWT['sign']>[0], kid?: string) =>
      new SignJWT({ sub: 'ana', iat: seconds - 60, exp: seconds + 3600 }).setProtectedHeader({ alg, ...(kid ? { kid } : {}) }).sign(key);
    hs = await sign('HS256', new TextEncoder().encode(secret));
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    rs = await sign('RS256', privateKey, 'one');
    jwk = { ...(await exportJWK(publicKey)), kid: 'one' };
    pem = await exportSPKI(publicKey);
  });
  beforeEach(() => {
    folder = new Folder({
      'secret.txt': `${secret}\n`,
      'other.txt': 'another-secret-of-thirty-two-letters!\n',
      'jwks.json': JSON.stringify({ keys: [jwk] }),
      'jwk.json': JSON.stringify(jwk),
      'key.pem': pem,
      'hs.jwt': `${hs}\n`,
    });
  });
  afterEach(() => folder.remove());

  async function report(args: readonly string[], around?: Surroundings): Promise<Report & { code: number }> {
    const { out, code } = await folder.run(['token', '--json', '--now', now, ...args], around);
    return { ...JSON.parse(out), code };
  }
  const outcome = ({ checks }: Report, name: string) => checks.find(({ check }) => check === name)?.outcome;

  it('takes a token, a file or standard input', async () => {
    for (const [given, stdin] of [
      [hs, ''],
      ['hs.jwt', ''],
      ['-', hs],
      [`Authorization: Bearer ${hs}`, ''],
    ] as const) {
      const { claims, code } = await report([given], { stdin });
      assert.deepEqual(claims, { sub: 'ana', iat: seconds - 60, exp: seconds + 3600 });
      assert.equal(code, 0);
    }
    assert.equal((await folder.run(['token', '--now', now], { stdin: hs })).code, 0);
  });

  it('gives every check its name and says what cannot be known', async () => {
    const given = await report([hs]);
    assert.deepEqual(
      given.checks.map(({ check }) => check),
      'structure header algorithm key signature expiry not-before issued-at issuer audience subject permissions claims'.split(' '),
    );
    assert.equal(outcome(given, 'signature'), 'unknown');
    assert.equal(outcome(given, 'expiry'), 'pass');
    assert.deepEqual(given.verifiers, []);
  });

  const accepted: [string, () => string][] = [
    ['secret-file=secret.txt', () => hs],
    ['secret-env=JWT_SECRET', () => hs],
    ['jwks-file=jwks.json', () => rs],
    ['jwk-file=jwk.json', () => rs],
    ['pem-file=key.pem', () => rs],
  ];
  for (const [verify, token] of accepted) {
    it(`verifies with ${verify}`, async () => {
      const given = await report([token(), '--verify', verify], { env: { JWT_SECRET: secret } });
      assert.equal(given.verifiers[0]?.accepts, true);
      assert.equal(outcome(given, 'signature'), 'pass');
      assert.equal(given.code, 0);
    });
  }

  it('exits with 1 where the named key refuses, or a check fails', async () => {
    const wrong = await report([hs, '--verify', 'secret-file=other.txt']);
    assert.equal(wrong.verifiers[0]?.accepts, false);
    assert.equal(wrong.code, 1);
    assert.equal((await report([tokenOf({ alg: 'none' }, { sub: 'ana' }, '')])).code, 1);
    assert.equal((await report([hs, '--now', '2026-01-02'])).code, 1);
    assert.equal((await report(['no token at all'])).code, 1);
  });

  it('forgives clocks as much as it is told', async () => {
    const late = new Date((seconds + 3600 + 90) * 1000).toISOString();
    assert.equal(outcome(await report([hs, '--now', late]), 'expiry'), 'fail');
    assert.equal(outcome(await report([hs, '--now', late, '--leeway', '120']), 'expiry'), 'pass');
  });

  it('shows people the same, with times in words', async () => {
    const { out } = await folder.run(['token', hs, '--now', now, '--verify', 'secret-file=secret.txt']);
    assert.match(out, /^.*HS256, expires in 60 minutes|^.*HS256, expires in 1 hour/);
    assert.match(out, /\nIt is accepted by secret in secret\.txt\. /);
    assert.match(out, /\n {2}sub {2}ana\n/);
    assert.match(out, /\n {2}✓ signature {4}The signature verifies\.\n/);
    assert.match(out, /\n {2}✓ secret in secret\.txt: accepts it\n$/);
  });

  it('never shows the token, its signature or a key', async () => {
    const signature = hs.slice(hs.lastIndexOf('.') + 1);
    for (const args of [[], ['--json'], ['--verify', 'secret-file=secret.txt'], ['--verify', 'secret-env=JWT_SECRET', '--json']]) {
      const { out, err } = await folder.run(['token', hs, '--now', now, ...args], { env: { JWT_SECRET: secret } });
      for (const text of [hs, signature, secret]) assert.ok(!`${out}${err}`.includes(text), args.join(' '));
    }
  });

  it('says that a file holds more than one', async () => {
    folder.put('two.txt', `${hs}\n${rs}\n`);
    const { err, out } = await folder.run(['token', 'two.txt', '--json', '--now', now]);
    assert.equal(err, 'authlint: the text holds 1 more token; this is the first\n');
    assert.deepEqual(JSON.parse(out).header, { alg: 'HS256' });
  });

  const mistakes: [string[], RegExp][] = [
    [['--verify', 'secret.txt'], /--verify takes KIND=WHERE/],
    [['--verify', 'secret-fil=secret.txt'], /did you mean secret-file\?/],
    [['--verify', 'secret-file=nowhere'], /--verify secret-file=nowhere: cannot be read/],
    [['--verify', 'secret-env=NOWHERE'], /the environment has no such variable/],
    [['--verify', 'jwks-url=http://id.example.com/jwks'], /is no https address/],
    [['--verify', 'jwks-url=file:///etc/passwd'], /is no https address/],
    [['--verify', 'jwks-url=nonsense'], /is no address; an address is for instance https/],
    [['--leeway', 'long'], /--leeway takes a number of seconds/],
    [['--now', 'later'], /--now takes a time/],
  ];
  for (const [args, message] of mistakes) {
    it(`is 2 for ${args.join(' ')}`, async () => {
      const { code, out, err } = await folder.run(['token', hs, ...args]);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, message);
    });
  }

  describe('against the Compose files around it', () => {
    const compose = `services:
  gateway:
    environment: { JWT_SECRET: "\${JWT_SECRET}" }
  orders:
    environment: ["JWT_SECRET=another-secret-of-thirty-two-letters"]
  strict:
    environment: { JWT_SECRET: "\${JWT_SECRET}", JWT_ISSUER: "https://id.example.com/" }
  keys:
    environment: { JWKS_URI: "https://id.example.com/jwks.json" }
  unset:
    environment: { JWT_SECRET: "\${NOBODY_SETS_THIS}" }
  web: { image: nginx }
`;
    const accepts = ({ verifiers }: Report) => Object.fromEntries(verifiers.map(({ name, accepts: answer }) => [name, answer]));
    beforeEach(() => {
      folder.put('.authlint.yaml', '');
      folder.put('deploy/compose.yaml', compose);
      folder.put('deploy/.env', `JWT_SECRET=${secret}\n`);
    });

    it('says who would accept it', async () => {
      const given = await report([hs]);
      assert.deepEqual(accepts(given), {
        'service gateway': true,
        'service orders': false,
        'service strict': false,
        'service keys': false,
        'service unset': null,
      });
      assert.equal(given.verifiers[0]?.path, 'deploy/compose.yaml');
      // Nobody asked for one of them, so that one refuses is no failure.
      assert.equal(given.code, 0);
      assert.equal(accepts(await report([rs]))['service keys'], null);
    });

    it('puts the one that is asked for first, once', async () => {
      const orders = await report([hs, '--verify', 'compose=deploy/compose.yaml:orders']);
      assert.equal(orders.verifiers[0]?.name, 'service orders');
      assert.equal(orders.verifiers.length, 5);
      assert.equal(orders.code, 1);
      assert.equal((await report([hs, '--verify', 'compose=deploy/compose.yaml:gateway'])).code, 0);
    });

    it('asks which service is meant', async () => {
      const { code, err } = await folder.run(['token', hs, '--verify', 'compose=deploy/compose.yaml']);
      assert.equal(code, 2);
      assert.match(err, /name one of its services that check tokens, as compose=FILE:SERVICE: gateway, orders, strict, keys, unset\n$/);
      assert.match((await folder.run(['token', hs, '--verify', 'compose=nowhere.yaml:a'])).err, /compose=nowhere\.yaml:a: cannot be read/);
    });

    it('demands a subject like the gateway does', async () => {
      const nameless = await new SignJWT({ exp: seconds + 3600 })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(secret));
      assert.equal(accepts(await report([nameless]))['service gateway'], false);
    });

    it('does not walk a folder that nobody calls a project', async () => {
      const loose = new Folder({ 'deploy/compose.yaml': compose, 'compose.yaml': 'services: { a: { environment: { JWT_SECRET: x } } }\n' });
      const { out } = await loose.run(['token', hs, '--json', '--now', now]);
      assert.deepEqual(
        JSON.parse(out).verifiers.map(({ name }: { name: string }) => name),
        ['service a'],
      );
      loose.remove();
    });

    it('never shows a secret of theirs', async () => {
      for (const args of [[], ['--json']]) {
        const { out } = await folder.run(['token', hs, ...args]);
        for (const text of [secret, 'another-secret']) assert.ok(!out.includes(text));
      }
    });
  });

  describe('against everybody else whom the files around it configure', () => {
    beforeEach(() => {
      folder.remove();
      folder = new Folder({
        'scanner.env': `JWT_SECRET=${secret}\nJWT_AUDIENCE=scans\n`,
        '.env.example': 'JWT_SECRET=to-be-replaced-by-you-and-nobody-else\n',
        'platform.yaml':
          'platform:\n  base_url: https://models.example.com\nauth:\n  enabled: true\n  oidc:\n    enabled: true\n    issuer: https://id.example.com\n',
        'keys/jwks.json': JSON.stringify({ keys: [jwk] }),
        'keys/tls.pem': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
        'package.json': '{"name":"shop"}',
        '.authlint.yaml': '',
      });
    });
    const answers = ({ verifiers }: Report) => verifiers.map(({ name, accepts }) => [name, accepts]);

    it('asks programs with a dotenv file, and platforms', async () => {
      const given = await report([hs]);
      assert.deepEqual(answers(given), [
        ['program of scanner.env', false],
        ['platform of platform.yaml', false],
      ]);
      assert.match(given.verifiers[0]?.why.join() ?? '', /names no audience, and "scans" is expected/);
      assert.match(given.verifiers[1]?.why.join() ?? '', /names no issuer/);
      assert.equal(outcome(given, 'signature'), 'pass');
    });

    it('asks key files that could have made the signature', async () => {
      const given = await report([rs]);
      assert.deepEqual(answers(given), [
        ['program of scanner.env', false],
        ['platform of platform.yaml', false],
        ['key set keys/jwks.json', true],
      ]);
    });

    it('asks services whose keys are in files', async () => {
      folder.put(
        'shop/compose.yaml',
        'services:\n  api:\n    environment: { JWT_PUBLIC_KEY_FILE: /run/secrets/issuer }\n    secrets: [issuer]\n  old:\n    environment: { JWT_SECRET_FILE: /keys/secret }\n    volumes: ["./secret.txt:/keys/secret:ro"]\nsecrets:\n  issuer: { file: ./issuer.crt }\n',
      );
      folder.put('shop/issuer.crt', pem);
      folder.put('shop/secret.txt', `${secret}\n`);
      const services = async (token: string) => answers(await report([token])).filter(([name]) => String(name).startsWith('service'));
      assert.deepEqual(await services(rs), [
        ['service api', true],
        ['service old', false],
      ]);
      assert.deepEqual(await services(hs), [
        ['service api', false],
        ['service old', true],
      ]);
      assert.equal((await report([rs, '--verify', 'compose=shop/compose.yaml:api'])).code, 0);
      for (const args of [[], ['--json']]) {
        const { out } = await folder.run(['token', hs, '--now', now, ...args]);
        for (const hidden of [secret, pem.split('\n')[1] as string]) assert.ok(!out.includes(hidden));
      }
    });

    it('tries the secrets that everybody knows', async () => {
      const known = await new SignJWT({ sub: 'ana', exp: seconds + 3600 })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode('secret'));
      const given = await report([known]);
      assert.equal(outcome(given, 'key'), 'fail');
      assert.match(given.checks.find(({ check }) => check === 'key')?.why ?? '', /among the first that anybody tries/);
    });
  });

  describe('with a key set from the network', () => {
    let server: Server;
    let origin: string;
    beforeEach(async () => {
      server = createServer((request, response) => {
        if (request.url === '/jwks.json') response.end(JSON.stringify({ keys: [jwk] }));
        else if (request.url === '/moved') response.writeHead(302, { location: '/jwks.json' }).end();
        else if (request.url === '/large') response.end(' '.repeat(2 * 1024 * 1024));
        else response.writeHead(404).end();
      });
      await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterEach(() => server.close());

    it('verifies', async () => {
      const given = await report([rs, '--verify', `jwks-url=${origin}/jwks.json`]);
      assert.equal(given.verifiers[0]?.accepts, true);
      assert.equal(given.code, 0);
    });

    for (const [path, message] of [
      ['/moved', /sends elsewhere, which is not followed/],
      ['/large', /more than 1 MiB/],
      ['/absent', /answers with status 404/],
    ] as const) {
      it(`says what is wrong with ${path}`, async () => {
        const { code, err } = await folder.run(['token', rs, '--verify', `jwks-url=${origin}${path}`]);
        assert.equal(code, 2);
        assert.match(err, message);
      });
    }
  });
});
