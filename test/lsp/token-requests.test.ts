// What the palette asks about tokens: who here accepts one, which keys are behind an address, and a token for development.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import {
  type CheckKeySetResult,
  type CheckTokenResult,
  checkKeySetRequest,
  checkTokenRequest,
  type DevelopmentSignersResult,
  type DevelopmentTokenResult,
  developmentSignersRequest,
  developmentTokenRequest,
  type KeySetAddressesResult,
  keySetAddressesRequest,
} from '../../server/src/protocol.ts';
import { stopClients, TestClient, TestFolder } from './client.ts';

const secret = 'f3b1c6a09d7e4852b6c1d0e9f8a7b6c5';
const gateway = (environment: string) => `services:\n  gateway:\n    image: example/gateway:1\n    environment:\n${environment}`;

describe('tokens through the server', () => {
  afterEach(stopClients);

  const sign = (claims: object, key = secret) =>
    new SignJWT({ sub: 'ada', ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('10m')
      .sign(new TextEncoder().encode(key));

  it('says who of all folders accepts one, and where that is configured', async () => {
    const [shop, tools] = [
      new TestFolder({
        'compose.yaml': gateway('      JWT_SECRET: ${JWT_SECRET}\n      JWT_ISSUER: https://id.shop.example/\n'),
        '.env': `JWT_SECRET=${secret}\n`,
      }),
      new TestFolder({ 'scanner.env': 'JWT_SECRET=0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b\n' }),
    ];
    const client = await TestClient.start({ folders: [tools, shop] });
    const token = await sign({ iss: 'https://id.shop.example' });
    const ask = (uri?: string) => client.request<CheckTokenResult>(checkTokenRequest, { token, ...(uri === undefined ? {} : { uri }) });
    const { verifiers, markdown, verdict, claims } = await ask(shop.uri('compose.yaml'));
    assert.deepEqual(
      verifiers.map(({ name, uri, accepts }) => [name, uri, accepts]),
      [
        ['service gateway', shop.uri('compose.yaml'), false],
        ['program of scanner.env', tools.uri('scanner.env'), false],
      ],
    );
    assert.match(verifiers[0]?.why.join() ?? '', /the slash at the end is missing in the token/);
    assert.match(verdict, /^It is refused by everybody here\. The first of them, service gateway: The issuer/);
    assert.deepEqual(claims[0], { name: 'sub', value: 'ada' });
    assert.match(markdown, /\*\*service gateway\*\* \(compose\.yaml\): ✗ refuses it/);
    for (const hidden of [secret, ...token.split('.')]) assert.equal(client.sent.includes(hidden), false);
  });

  it('keeps a password among the claims to itself', async () => {
    const client = await TestClient.start();
    const token = await sign({ password: 'hunter2-hunter2' });
    const { claims } = await client.request<CheckTokenResult>(checkTokenRequest, { token });
    assert.equal(claims.find(({ name }) => name === 'password')?.value, '(hidden)');
    assert.equal(client.sent.includes('hunter2'), false);
  });

  it('makes a token that the service accepts, with what it demands, and not for production', async () => {
    const folder = new TestFolder({
      'compose.yaml': gateway(`      JWT_SECRET: ${secret}\n      JWT_ISSUER: https://id.shop.example/\n      JWT_AUDIENCE: shop\n`),
      'live/compose.prod.yaml': gateway('      JWT_SECRET: 5d4e3f2a1b0c9d8e7f6a5b0e9f8a7b6c\n').replace('gateway:', 'live:'),
    });
    const client = await TestClient.start({ folders: [folder] });
    const { signers } = await client.request<DevelopmentSignersResult>(developmentSignersRequest, {});
    assert.deepEqual(signers, [{ name: 'service gateway', path: 'compose.yaml', algorithm: 'HS256' }]);
    const wish = { subject: 'ada', permissions: ['users:read'], minutes: 15 };
    const made = await client.request<DevelopmentTokenResult>(developmentTokenRequest, { ...signers[0], ...wish });
    const { verifiers, claims } = await client.request<CheckTokenResult>(checkTokenRequest, { token: made?.token ?? '' });
    assert.equal(verifiers.find(({ name }) => name === 'service gateway')?.accepts, true);
    const textOf = (claim: string) => claims.find(({ name }) => name === claim)?.value;
    assert.deepEqual(['iss', 'aud', 'sub', 'permissions'].map(textOf), ['https://id.shop.example/', 'shop', 'ada', '["users:read"]']);
    assert.equal(Number(textOf('exp')) - Number(textOf('iat')), 15 * 60);
    assert.equal(client.sent.includes(secret), false);
    assert.equal(await client.request(developmentTokenRequest, { name: 'service live', path: 'live/compose.prod.yaml', ...wish }), null);
  });

  describe('key sets', () => {
    let server: Server;
    let origin: string;
    let token: string;
    let requests: number;
    before(async () => {
      const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
      const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }];
      token = await new SignJWT({ sub: 'ada' }).setProtectedHeader({ alg: 'RS256', kid: 'one' }).setExpirationTime('10m').sign(privateKey);
      server = createServer(({ url }, response) => {
        requests++;
        if (url === '/jwks.json') response.end(JSON.stringify({ keys }));
        else if (url === '/private.json') response.end(JSON.stringify({ keys: [{ kty: 'oct', k: 'c2VjcmV0' }, ...keys, ...keys] }));
        else if (url !== '/slow') response.writeHead(404).end();
      });
      await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    beforeEach(() => {
      requests = 0;
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });

    const host = () => new URL(origin).host;
    const check = (client: TestClient, path: string, hosts = [host()], given: object = {}) =>
      client.request<CheckKeySetResult>(checkKeySetRequest, { address: origin + path, hosts, ...given });

    it('asks nobody before the person agrees', async () => {
      const client = await TestClient.start();
      assert.deepEqual(await check(client, '/jwks.json', []), { kind: 'ask', host: host() });
      assert.equal(requests, 0);
    });

    it('tells of keys, and what they say to the token at hand', async () => {
      const client = await TestClient.start();
      const result = await check(client, '/jwks.json', [host()], { token });
      assert.ok(result.kind === 'report');
      assert.match(result.markdown, /\| one \| RSA, 2048 bits \| RS256 \| sig \|/);
      assert.match(result.markdown, /✓ Nothing is wrong with the set\./);
      assert.match(result.markdown, /✓ these keys accept it/);
    });

    it('tells what is wrong with a set, without showing a key', async () => {
      const client = await TestClient.start();
      const result = await check(client, '/private.json');
      assert.ok(result.kind === 'report');
      assert.match(result.markdown, /publishes a shared secret/);
      assert.match(result.markdown, /Two keys are called "one"/);
      assert.match(result.markdown, /Some keys have no name/);
      assert.equal(client.sent.includes('c2VjcmV0'), false);
    });

    it('tells what went wrong', async () => {
      const client = await TestClient.start();
      const result = await check(client, '/absent');
      assert.ok(result.kind === 'report');
      assert.match(result.markdown, /✗ http.*absent answers with status 404\./);
    });

    it('stops when the person does', async () => {
      const client = await TestClient.start();
      const { CancellationTokenSource } = await import('vscode-languageserver/node');
      const stop = new CancellationTokenSource();
      const answer = client.connection.sendRequest<CheckKeySetResult>(
        checkKeySetRequest,
        { address: `${origin}/slow`, hosts: [host()] },
        stop.token,
      );
      while (requests === 0) await new Promise(done => setTimeout(done, 10));
      stop.cancel();
      const outcome = await answer;
      assert.match(outcome.kind === 'report' ? outcome.markdown : '', /you stopped it/);
    });

    it('are proposed from the files of the workspace', async () => {
      const folder = new TestFolder({
        'compose.yaml': gateway(
          '      JWKS_URI: https://shop.eu.auth0.com/.well-known/jwks.json\n      JWT_ISSUER: https://shop.eu.auth0.com/\n',
        ),
      });
      const client = await TestClient.start({ folders: [folder] });
      const { addresses } = await client.request<KeySetAddressesResult>(keySetAddressesRequest, {});
      assert.deepEqual(addresses, [
        { address: 'https://shop.eu.auth0.com/.well-known/jwks.json', from: 'service gateway' },
        { address: 'https://shop.eu.auth0.com/', from: 'service gateway' },
      ]);
    });
  });
});
