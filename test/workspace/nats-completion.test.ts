// What programs and Compose files propose for a NATS configuration beside them.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';

const root = 'file:///w/';

/** Proposals where `|` stands in `nats.conf`, those of the other files alone, with what is said beside them. */
function proposed(marked: string, others: Readonly<Record<string, string>>, name = 'nats.conf'): readonly string[] {
  const analyzer = new Analyzer(() => 0);
  for (const [other, text] of Object.entries(others)) analyzer.setFile({ id: root + other, text });
  analyzer.setFile({ id: root + name, text: marked.replace('|', '') }, 'nats-conf');
  for (let wanted = analyzer.wanted(); wanted.length > 0; wanted = analyzer.wanted()) for (const id of wanted) analyzer.setAbsent(id);
  const all = analyzer.completions(root + name, marked.indexOf('|'));
  return all
    .filter(({ detail }) => /^(used by|given to|server of) /.test(detail))
    .map(({ insertText, detail }) => `${insertText}: ${detail}`);
}

const orders = `import { connect } from '@nats-io/transport-node';
const nc = await connect({ user: 'orders', pass: process.env.PW });
nc.publish('orders.created', '');
nc.publish(\`orders.\${id}.paid\`, '');
nc.subscribe('invoices.made');
`;
const audit = `import { connect } from '@nats-io/transport-node';
const nc = await connect({ user: 'audit', pass: process.env.PW });
nc.publish('audit.written', '');
`;
const programs = { 'src/audit.ts': audit, 'src/orders.ts': orders };
const user = (name: string, permissions: string) => `authorization { users: [ { user: ${name}, permissions: ${permissions} } ] }\n`;

describe('proposals of programs and Compose files for nats.conf', () => {
  it('are the subjects that programs publish, those of the user first', () => {
    const expected = ['orders.created: used by orders.ts', '"orders.*.paid": used by orders.ts', 'audit.written: used by audit.ts'];
    assert.deepEqual(proposed(user('orders', '{ publish: | }'), programs), expected);
    assert.deepEqual(proposed(user('orders', '{ publish: { allow: [ | ] } }'), programs), expected);
    assert.deepEqual(proposed(user('orders', '{ publish: ["orders.created", |] }'), programs), expected.slice(1));
  });

  it('are the subjects that programs subscribe to', () => {
    assert.deepEqual(proposed(user('orders', '{ subscribe: "|" }'), programs), ['invoices.made: used by orders.ts']);
  });

  it('are the users as whom programs log in', () => {
    const text = 'authorization { users: [ { user: audit, password: $A }, { user: | } ] }\n';
    assert.deepEqual(proposed(text, programs), ['orders: used by orders.ts']);
    assert.deepEqual(proposed(text.replace('{ user: |', '{ nkey: |'), programs), []);
  });

  it('are none for what is denied', () => {
    assert.deepEqual(proposed(user('orders', '{ publish: { deny: | } }'), programs), []);
  });

  it('stand in the part of a configuration too', () => {
    const main = { 'nats.conf': 'authorization { include users.conf }\n' };
    const part = 'users: [ { user: audit, permissions: { publish: | } } ]\n';
    assert.equal(proposed(part, { ...programs, ...main }, 'users.conf')[0], 'audit.written: used by audit.ts');
  });

  const compose = `services:
  hub:
    image: nats:2.11
    command: -c /etc/nats/nats.conf
    volumes: ["./nats.conf:/etc/nats/nats.conf"]
    environment:
      HUB_PASSWORD: \${HUB_PASSWORD}
  edge:
    image: nats:2.11
  shop:
    image: shop
    environment:
      SHOP_PASSWORD: x
`;

  it('are the variables that the container of the server is given', () => {
    const files = { 'compose.yml': compose };
    assert.deepEqual(proposed('authorization { user: a, password: | }', files), ['$HUB_PASSWORD: given to hub in compose.yml']);
    assert.deepEqual(proposed('port: $|', files), ['$HUB_PASSWORD: given to hub in compose.yml']);
    assert.deepEqual(proposed('port: |', files), []);
    assert.deepEqual(proposed('authorization { user: a, password: | }', files, 'other.nats.conf'), []);
  });

  it('are the other servers of the project', () => {
    const files = { 'compose.yml': compose };
    const said = 'server of the Compose project';
    assert.deepEqual(proposed('cluster { routes: [ | ] }', files), [`"nats-route://edge:6222": ${said}`]);
    assert.deepEqual(proposed('leafnodes { remotes: [ { url: "|" } ] }', files), [`nats-leaf://edge:7422: ${said}`]);
  });
});
