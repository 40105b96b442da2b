// What takes effect, told to a person: everything resolved, beside each value where it is written, and no secret anywhere.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';

/** The text for the first of some files, all of which lie in one folder. */
function effective(files: Readonly<Record<string, string>>): string {
  const analyzer = new Analyzer(() => 0);
  const root = 'file:///srv/';
  for (const [name, text] of Object.entries(files)) analyzer.setFile({ id: root + name, text });
  for (const wanted of analyzer.wanted()) analyzer.setAbsent(wanted);
  return analyzer.effective(root + Object.keys(files)[0]) ?? '';
}

/** Without the lines that open it and the blank one behind them. */
const body = (text: string) => text.replace(/^(#.*\n)+\n?/, '');

describe('what takes effect', () => {
  it('has includes and variables of nats.conf resolved, with the place of each value', () => {
    const files = {
      'nats.conf': 'PORT: 4333\nport: $PORT\ninclude parts/limits.conf\nmax_payload: 8MB\ntls { verify: true }\ndebug: $DEBUG\n',
      'parts/limits.conf': 'max_payload: 1MB\nmax_connections: 64K\n',
    };
    assert.equal(
      effective(files),
      [
        '# What nats-server 2.15.2 holds once it has read nats.conf and parts/limits.conf: includes and variables are resolved.',
        '# The comments say where each value is written. Secrets are redacted, so this is to be read and not to be started.',
        '# From the environment of the server: $DEBUG.',
        '',
        'PORT: 4333              # line 1',
        'port: 4333              # $PORT, line 1',
        'max_payload: 8388608    # 8MB, line 4, replaces parts/limits.conf:1',
        'max_connections: 64000  # 64K, parts/limits.conf:2',
        'tls {',
        '  verify: true  # line 5',
        '}',
        'debug: $DEBUG  # from the environment of the server, line 6',
        '',
      ].join('\n'),
    );
  });

  it('says what is missing and what is refused', () => {
    const text = effective({ 'nats.conf': 'include gone.conf\nuser: $later\nport: [\n' });
    assert.match(text, /^# The server refuses nats\.conf: what follows is the part that could be read\.$/m);
    assert.match(text, /^# gone\.conf is missing: nats\.conf includes it, and the server refuses to go on without\.$/m);
  });

  it('is read by the server as the same configuration', () => {
    const lists =
      'cluster { routes: ["nats://a:1", nats://b:2], name: "true" }\n"odd key": "a \\"b\\""\naccounts { A {}, B { users: [{user: x}] } }\n';
    const analyzer = new Analyzer(() => 0);
    const again = body(effective({ 'nats.conf': lists }));
    const inspect = (text: string) => {
      analyzer.setFile({ id: 'file:///x/nats.conf', text });
      const owner = analyzer.owner('file:///x/nats.conf');
      return owner?.language.inspect?.(owner.model, undefined as never);
    };
    assert.deepEqual(inspect(again), inspect(lists));
  });

  it('never shows a secret of nats.conf, whatever it goes by', () => {
    const hash = '$2b$11$kT8vQ2wL5nB9xC3mZ7rYpedQAFGejUCwa9bOoyKvuKRZuyXu18dA.';
    const text = effective({
      'nats.conf': [
        'PASS: correct-horse',
        'unused_password: battery-staple',
        'authorization { users: [',
        '  { user: a, password: $PASS }',
        `  { user: b, password: "${hash}" }`,
        `  { user: c, password: ${hash} }`,
        '  { user: correct-horse, passwrd: hunter-two }',
        '] }',
        'cluster { routes: ["nats://u:route-word@h:6222"], authorization { user: r, password: 8675309 } }',
        'leafnodes { remotes: [{ url: "nats://hub:7422", credentials: "./leaf.creds" }] }',
        'jetstream { key: storage-key }',
      ].join('\n'),
    });
    for (const secret of ['correct-horse', 'battery-staple', hash.slice(7), 'hunter-two', 'route-word', '8675309', 'storage-key'])
      assert.equal(text.includes(secret), false, `${secret} is shown:\n${text}`);
    assert.match(text, /^ *credentials: "\.\/leaf\.creds"/m);
    assert.match(text, /^ *password: <redacted bcrypt hash> /m);
  });

  it('stays short where a few lines of variables stand for more than anybody can read', () => {
    let text = 'a0: [x, x, x, x, x, x, x, x, x, x]\n';
    for (let i = 1; i < 9; i++) text += `a${i}: [${`$a${i - 1}, `.repeat(10)}]\n`;
    const lines = effective({ 'nats.conf': text }).split('\n');
    assert.ok(lines.length < 21_000);
    assert.ok(lines.includes('# …') || lines.some(line => line.trim() === '# …'));
  });

  it('has the services of a Compose project after merging, without secrets', () => {
    const text = effective({
      'compose.yaml':
        'services:\n  api:\n    image: shop/api:1\n    environment:\n      JWT_SECRET: ${JWT_SECRET}\n      JWT_ISSUER: shop\n  web: {}\n',
      'compose.override.yaml': 'services:\n  api:\n    environment:\n      JWT_ISSUER: lab\n',
      '.env': 'JWT_SECRET=correct-horse-battery-staple-word\n',
    });
    assert.equal(text.includes('correct-horse'), false);
    assert.equal(
      body(text.split('---\n')[0] as string),
      [
        'services:',
        '  api:',
        '    image: shop/api:1',
        '    environment:',
        '      JWT_SECRET: <redacted>  # .env:1, as JWT_SECRET',
        '      JWT_ISSUER: lab         # compose.override.yaml:4, instead of compose.yaml:6',
        '  web: {}  # no authentication variables',
        '',
      ].join('\n'),
    );
  });

  it('has the variables of a dotenv file with their meaning', () => {
    const text = effective({ '.env': 'JWT_SECRET=correct-horse\nCOLOUR=red\n' });
    assert.match(text, /^# .*\nJWT_SECRET=<redacted>\n$/);
  });
});
