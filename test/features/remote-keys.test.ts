// Keys behind an address, asked of a real server on this machine: good, slow, huge, redirecting, wrong and rotated.
import assert from 'node:assert/strict';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { type RemoteOptions, type RemoteOutcome, remoteKeys, remoteVerifier } from '../../server/src/checks/remote-keys.ts';
import { checkToken } from '../../server/src/checks/token-report.ts';
import { askFromBrowser } from '../../server/src/hosts/browser-network.ts';
import { askFromNode, isPrivateAddress } from '../../server/src/hosts/node-network.ts';
import { signed } from '../support/tokens.ts';

const now = Date.parse('2026-01-01T00:00:00Z');

describe('keys behind an address', () => {
  let server: Server;
  let origin: string;
  let jwk: JWK;
  let privateKey: CryptoKey;
  const asked: string[] = [];

  const answers: Record<string, (response: ServerResponse) => unknown> = {
    '/jwks.json': response => response.end(JSON.stringify({ keys: [jwk] })),
    '/empty.json': response => response.end('{"keys":[]}'),
    '/slow': () => undefined,
    '/dripping': response => {
      response.write('{');
    },
    '/huge': response => response.end(' '.repeat(2 * 1024 * 1024)),
    '/said-huge': response => response.writeHead(200, { 'content-length': String(2 ** 40) }).flushHeaders(),
    '/moved': response => response.writeHead(302, { location: '/jwks.json' }).end(),
    '/to-http': response => response.writeHead(307, { location: 'ftp://127.0.0.1/jwks.json' }).end(),
    '/nowhere': response => response.writeHead(301).end(),
    '/page': response => response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Log in</title>'),
    '/text': response => response.end('keys: none'),
    '/other.json': response => response.end('{"name":"package"}'),
    '/broken': response => response.writeHead(500).end(),
    '/realms/shop/.well-known/openid-configuration': response =>
      response.end(JSON.stringify({ issuer: `${origin}/realms/shop`, jwks_uri: `${origin}/jwks.json` })),
    '/proxy/.well-known/openid-configuration': response =>
      response.end(JSON.stringify({ issuer: `${origin}/realms/shop`, jwks_uri: `${origin}/jwks.json` })),
    '/inner/.well-known/openid-configuration': response =>
      response.end(JSON.stringify({ issuer: `${origin}/inner`, jwks_uri: 'http://10.0.0.8/jwks.json' })),
    '/elsewhere/.well-known/openid-configuration': response =>
      response.end(JSON.stringify({ issuer: `${origin}/elsewhere`, jwks_uri: 'https://keys.example.com/jwks.json' })),
    '/nokeys/.well-known/openid-configuration': response => response.end(JSON.stringify({ issuer: `${origin}/nokeys` })),
  };

  before(async () => {
    const pair = await generateKeyPair('RS256', { extractable: true });
    privateKey = pair.privateKey;
    jwk = { ...(await exportJWK(pair.publicKey)), kid: '2025-11', alg: 'RS256', use: 'sig' };
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      assert.equal(request.headers.cookie ?? request.headers.authorization, undefined);
      const answer = answers[request.url ?? ''];
      if (answer) answer(response);
      else response.writeHead(404).end();
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => asked.splice(0));
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const find = (address: string, options: Partial<RemoteOptions> = {}) =>
    remoteKeys(address.startsWith('/') ? origin + address : address, {
      ask: askFromNode,
      mayAsk: () => true,
      patience: 400,
      ...options,
    });
  const why = (outcome: RemoteOutcome) => (outcome.kind === 'problem' ? outcome.why : outcome.kind);

  for (const [name, ask] of [
    ['node', askFromNode],
    ['a browser', askFromBrowser],
  ] as const) {
    describe(`as ${name} asks`, () => {
      it('finds a key set', async () => {
        const found = await find('/jwks.json', { ask });
        assert.equal(found.kind, 'keys');
        assert.ok(found.kind === 'keys' && found.address === `${origin}/jwks.json` && found.discovery === undefined);
      });

      for (const [path, words] of [
        ['/slow', /^gives no answer within 0\.4 seconds$/],
        ['/dripping', /^gives no answer within 0\.4 seconds$/],
        ['/huge', /^answers with more than 1 MiB, which is no key set$/],
        ['/said-huge', /^answers with more than 1 MiB/],
        ['/page', /^answers with a web page where keys are expected$/],
        ['/text', /^answers with text that is no JSON$/],
        ['/other.json', /^answers with JSON that is no key set: it has no `keys`$/],
        ['/broken', /^answers with status 500$/],
        ['/absent', /^answers with status 404$/],
        ['/moved', /^sends elsewhere, which is not followed/],
      ] as const) {
        it(`says what is wrong with ${path}`, async () => assert.match(why(await find(path, { ask })), words));
      }
    });
  }

  it('says where a redirect leads, and why that is worse than another', async () => {
    assert.match(why(await find('/moved')), /name the final address, http:\/\/127\.0\.0\.1:\d+\/jwks\.json$/);
    assert.match(why(await find('/to-http')), /from http to ftp$/);
    assert.match(why(await find('/nowhere')), /does not say where$/);
  });

  it('says that nobody is there', async () => {
    assert.equal(why(await find('http://127.0.0.1:1/jwks.json')), 'cannot be reached');
  });

  describe('refuses without asking', () => {
    for (const [address, words] of [
      ['jwks', /^is no address/],
      ['http://id.example.com/jwks.json', /^is no https address/],
      ['ftp://localhost/jwks.json', /^is no https address/],
      ['https://10.1.2.3/jwks.json', /^is a private address/],
      ['https://192.168.0.1/jwks.json', /^is a private address/],
      ['https://[fd00::1]/jwks.json', /^is a private address/],
      ['https://169.254.169.254/latest/meta-data', /^is a private address/],
      ['https://keycloak/realms/shop', /^is a private address/],
      ['https://ada:secret@id.example.com/jwks.json', /^holds a user or a password/],
    ] as const) {
      it(address, async () => {
        const ask = () => assert.fail('it was asked');
        const outcome = await find(address, { ask });
        assert.match(why(outcome), words);
        assert.equal(JSON.stringify(outcome).includes('secret'), false);
      });
    }

    it('a public name that stands for a private address', async () => {
      for (const [address, isPrivate] of [
        ['127.0.0.1', true],
        ['172.31.255.1', true],
        ['::1', true],
        ['fe80::1', true],
        ['::ffff:10.0.0.1', true],
        ['93.184.216.34', false],
        ['2606:2800:220:1::1', false],
      ] as const) {
        assert.equal(isPrivateAddress(address), isPrivate, address);
      }
      // The name `localhost` is one that the machine resolves by itself.
      const url = new URL(origin.replace('127.0.0.1', 'localhost'));
      await assert.rejects(askFromNode(url, { signal: AbortSignal.timeout(1000), mayBePrivate: false }), { code: 'PRIVATE_ADDRESS' });
      assert.deepEqual(asked, []);
    });
  });

  it('asks no host that the person does not agree to', async () => {
    assert.deepEqual(await find('/jwks.json', { mayAsk: () => false }), { kind: 'refused', host: new URL(origin).host });
    assert.deepEqual(asked, []);
    const hosts: string[] = [];
    const outcome = await find('/elsewhere', { mayAsk: host => hosts.push(host) === 1 || host === new URL(origin).host });
    assert.deepEqual(outcome, { kind: 'refused', host: 'keys.example.com' });
  });

  it('stops when the person does', async () => {
    const signal = AbortSignal.timeout(50);
    assert.equal(why(await find('/slow', { signal, patience: 5000 })), 'was not asked to the end: you stopped it');
  });

  describe('finds the keys of an issuer by discovery', () => {
    it('from the issuer, and from the address of the document', async () => {
      for (const address of ['/realms/shop', '/realms/shop/', '/realms/shop/.well-known/openid-configuration']) {
        const found = await find(address);
        assert.ok(found.kind === 'keys', why(found));
        assert.equal(found.address, `${origin}/jwks.json`);
        assert.equal(found.discovery?.issuer, `${origin}/realms/shop`);
        assert.deepEqual(found.discovery?.problems, []);
      }
    });

    it('and says when the document is of another issuer', async () => {
      const found = await find('/proxy');
      assert.ok(found.kind === 'keys');
      assert.match(
        found.discovery?.problems[0] ?? '',
        /says that the issuer is ".*\/realms\/shop", and its address is made of ".*\/proxy"/,
      );
    });

    it('but is not led into a private network', async () => {
      assert.match(why(await find('/inner')), /^names an address of keys that is no https address/);
    });

    it('and says that a document names no keys', async () => {
      assert.match(why(await find('/nokeys/.well-known/openid-configuration')), /names no `jwks_uri`/);
    });
  });

  describe('holds a token against them', () => {
    const ask = async (header: object, claims: object, path = '/realms/shop') => {
      const found = await find(path);
      assert.ok(found.kind === 'keys');
      const token = await signed({ sub: 'ada', exp: now / 1000 + 600, ...claims }, privateKey, { alg: 'RS256', ...header });
      const { verifiers } = await checkToken(token, { now, verifiers: [{ ...remoteVerifier(found), asked: true }] });
      return verifiers[0];
    };

    it('accepts one of the issuer and key', async () => {
      assert.equal((await ask({ kid: '2025-11' }, { iss: `${origin}/realms/shop` }))?.accepts, true);
    });

    it('names rotated keys', async () => {
      const answer = await ask({ kid: '2025-10' }, { iss: `${origin}/realms/shop` });
      assert.equal(answer?.accepts, false);
      assert.match(answer?.why.join(' ') ?? '', /the keys were rotated, or the token is from another issuer/);
    });

    it('names another issuer', async () => {
      const answer = await ask({ kid: '2025-11' }, { iss: `${origin}/realms/shop/` });
      assert.match(answer?.why.join(' ') ?? '', /the token has a slash at the end that is not expected/);
    });

    it('knows that an empty set verifies nothing', async () => {
      const answer = await ask({ kid: '2025-11' }, {}, '/empty.json');
      assert.notEqual(answer?.accepts, true);
      assert.match(answer?.why.join(' ') ?? '', /key set is empty/);
    });
  });
});
