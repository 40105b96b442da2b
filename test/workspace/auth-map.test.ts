// Who authenticates to whom: the map of a workspace, written out as lines, and its page.
import assert from 'node:assert/strict';
import { authMapPage } from '../../client/src/views/auth-map/auth-map.ts';
import { authMapMarkdown } from '../../client/src/views/auth-map/markdown.ts';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { authMap } from '../../server/src/core/workspace/auth-map/auth-map.ts';
import { findingsWithin, type MapNode } from '../../server/src/core/workspace/auth-map/map-node.ts';
import type { AuthMapNode, AuthMapResult } from '../../server/src/protocol.ts';
import { party } from '../support/nats-tokens.ts';

const hub = `server_name: hub
port: 4222
accounts {
  ORDERS {
    users: [ { user: ana, password: "wash-blue-7-cups", permissions: { publish: { allow: ["a.>", "b"], deny: "a.secret" }, subscribe: "_INBOX.>" } } ]
    exports: [ { service: "orders.status", accounts: [SHOP] } ]
  }
  SHOP {
    users: [ { user: ben, password: "wash-blue-7-cups" } ]
    imports: [ { service: { account: ORDERS, subject: "orders.status" } } ]
  }
}
leafnodes { port: 7422, authorization { users: [ { user: berlin, password: "wash-blue-7-cups", account: SHOP } ] } }
`;
const leaf = `server_name: berlin
listen: 127.0.0.1:4222
leafnodes { remotes: [ { url: "nats-leaf://berlin:wash-blue-7-cups@hub.example.com:7422", account: SHOP } ] }
`;

function open(files: Readonly<Record<string, string>>): Analyzer {
  const analyzer = new Analyzer(() => Date.parse('2026-01-01'));
  for (const [name, text] of Object.entries(files)) analyzer.setFile({ id: `file:///w/${name}`, text });
  for (const wanted of analyzer.wanted()) analyzer.setAbsent(wanted);
  return analyzer;
}

/** Each entry as a line with its facts; a fact that leads somewhere ends with an arrow. */
function linesOf(analyzer: Analyzer): string[] {
  const lines = (node: MapNode, depth: number): string[] => [
    `${'  '.repeat(depth)}${node.kind} ${node.name}: ${node.facts.map(({ text, at }) => `${text}${at ? ' →' : ''}`).join('; ')}`,
    ...node.children.flatMap(child => lines(child, depth + 1)),
  ];
  return authMap(analyzer.workspace()).flatMap(({ title, nodes }) => [title, ...nodes.flatMap(node => lines(node, 1))]);
}

describe('auth map', () => {
  it('shows who logs in to a server, what crosses accounts, and which server calls which', () => {
    assert.deepEqual(linesOf(open({ 'hub.conf': hub, 'leaf.conf': leaf })), [
      'NATS servers',
      '  server hub: 2 users in 2 accounts may log in; takes clients and leaf nodes from other machines too',
      '    account ORDERS: ',
      '      user ana: may publish `a.>`, `b`, but not `a.secret`; may subscribe to `_INBOX.>`',
      '      export service orders.status: for `SHOP`; imported by `SHOP` →',
      '    account SHOP: ',
      '      user ben: may publish and subscribe to everything',
      '      import service orders.status: from account `ORDERS` →',
      '    leaf node listener port 7422: `berlin` connects to it →',
      '      leaf node user berlin: is bound to account `SHOP`',
      '  server berlin: anyone may connect, without credentials; takes clients from this machine only',
      '    leaf node remote hub.example.com:7422: connects to `hub` →; for account `SHOP`; logs in as `berlin`',
    ]);
  });

  it('shows how services check tokens, who shares a secret, and open doors', () => {
    const compose = `services:
  api:
    image: example/api
    environment: { JWT_SECRET: "wash-blue-7-cups-and-dry-them-all", JWT_ISSUER: "https://id.example.com/", DEVELOPMENT_AUTH_ENABLED: "true" }
  worker:
    image: example/worker
    environment: { JWT_SECRET: "wash-blue-7-cups-and-dry-them-all" }
  cache:
    image: redis:8
`;
    assert.deepEqual(linesOf(open({ 'compose.yaml': compose })), [
      'Compose services',
      '  project compose.yaml: no word about authentication in `cache`',
      '    service api: checks tokens: HS256 →; holds the same signing secret as `worker`; expects issuer `https://id.example.com/` →; development bypass on →',
      '    service worker: checks tokens: HS256 →; holds the same signing secret as `api`',
    ]);
  });

  it('holds no secret, not even a seed in the place of a public key or a token in an address', () => {
    const seed = party('user').seed;
    const conf = `authorization { token: "one-for-all-of-them" }
accounts { A { users: [ { nkey: ${seed} } ] } }
leafnodes { remotes: [ { url: "nats-leaf://only-a-token@hub.example.com" } ] }
`;
    const text = JSON.stringify(authMap(open({ 'nats.conf': conf, 'hub.conf': hub, 'leaf.conf': leaf }).workspace()));
    for (const secret of [seed, 'one-for-all-of-them', 'only-a-token', 'wash-blue']) assert.equal(text.includes(secret), false, secret);
    assert.match(text, /nkey user/);
  });

  it('counts the findings of an entry and of what is in it', () => {
    const analyzer = open({ 'hub.conf': hub.replace('user: ben', 'usr: x, user: ben') });
    const [server] = authMap(analyzer.workspace())[0]?.nodes ?? [];
    const rules = (node: MapNode | undefined) =>
      (node ? findingsWithin(node, file => analyzer.result(file).findings) : []).map(({ rule }) => rule);
    const shop = server?.children.find(({ name }) => name === 'SHOP');
    const ana = server?.children[0]?.children[0];
    assert.equal(rules(server)[0], 'nats/unknown-field');
    assert.equal(rules(shop).includes('nats/unknown-field'), true);
    assert.equal(rules(ana).includes('nats/unknown-field'), false);
    assert.equal(rules(ana).includes('nats/plaintext-password'), true);
  });

  it('is empty where nothing authenticates anybody', () => {
    assert.deepEqual(linesOf(open({ 'notes.md': 'Nothing.' })), []);
    assert.match(authMapPage({ sections: [] }).text, /Nothing here authenticates anybody/);
  });

  describe('on its page', () => {
    const place = {
      label: 'a.conf:2',
      uri: 'file:///w/a.conf',
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } },
    };
    const child: AuthMapNode = {
      kind: 'user',
      name: '<img src=x onerror=alert(1)>',
      facts: [{ text: 'may publish `a.>`', place }],
      findings: { errors: 1, warnings: 2, notes: 0 },
      worst: place,
      children: [],
    };
    const server: AuthMapNode = {
      kind: 'server',
      name: 'hub',
      facts: [],
      place,
      findings: { errors: 0, warnings: 0, notes: 0 },
      children: [child],
    };
    const map: AuthMapResult = { sections: [{ title: 'NATS servers', nodes: [server] }] };

    it('is no markup what comes from files', () => {
      const { text } = authMapPage(map);
      assert.equal(text.includes('<img'), false);
      assert.match(text, /&lt;img src=x onerror=alert\(1\)&gt;/);
    });

    it('has headings, lists that fold, and buttons with words for a screen reader', () => {
      const { text } = authMapPage(map);
      assert.match(text, /<h1>Auth Map<\/h1>/);
      assert.match(text, /<h2>NATS servers<\/h2><ul><li/);
      assert.match(text, /aria-expanded="true" aria-controls="NATS-servers-0"[\s\S]*<ul id="NATS-servers-0">/);
      assert.match(text, /aria-label="1 error, 2 warnings, the worst: a.conf:2"/);
      assert.match(text, /may publish <code>a\.&gt;<\/code>/);
    });

    it('can be had as Markdown', () => {
      assert.equal(
        authMapMarkdown(map),
        `# Auth Map

## NATS servers

- server **hub** (a.conf:2)
  - user **\\<img src=x onerror=alert(1)\\>** — 1 error, 2 warnings
    - may publish \`a.>\`
`,
      );
    });
  });
});
