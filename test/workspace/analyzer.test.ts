// The analyzer stays true while files come, change and go.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { defineRule } from '../../server/src/core/lint/rule.ts';
import { runRules } from '../../server/src/core/lint/run-rules.ts';
import { defaultSettings } from '../../server/src/core/lint/settings.ts';
import { tokenOf } from '../support/command-line.ts';

const hour = 3_600_000;

describe('analyzer', () => {
  const file = 'file:///w/call.sh';
  let now: number;
  let analyzer: Analyzer;
  beforeEach(() => {
    now = Date.parse('2026-01-01T00:00:00Z');
    analyzer = new Analyzer(() => now);
  });
  const rules = (id = file) => analyzer.result(id).findings.map(({ rule }) => rule);
  const unsigned = tokenOf({ alg: 'none' }, { sub: 'ana', exp: 4102444800 }, '');

  it('follows a text', () => {
    analyzer.setFile({ id: file, text: unsigned });
    assert.deepEqual(rules(), ['jwt/alg-none']);
    analyzer.setFile({ id: file, text: 'nothing\n' });
    assert.deepEqual(rules(), []);
    analyzer.removeFile(file);
    assert.ok(!analyzer.has(file));
    assert.deepEqual(analyzer.result(file), { findings: [], language: undefined, rejected: null });
  });

  it('finds the same after its settings have changed, however often a text was read before', () => {
    const texts = {
      'file:///w/nats.conf':
        'accounts {\n  A {\n    users: [\n      { user: a, password: "kiwi-lamp" }\n      { user: b, password: "pear-chair" }\n    ]\n  }\n}\n',
      'file:///w/compose.yaml':
        'services:\n  gateway:\n    image: acme/gateway\n    environment:\n      JWT_SECRET: kiwi-lamp-4711\n      JWT_ISUER: https://id.example.com\n',
    };
    for (const [id, text] of Object.entries(texts)) {
      analyzer.setFile({ id, text });
      const first = rules(id);
      assert.notDeepEqual(first, []);
      for (const later of [`# Later.\n${text}`, text]) {
        analyzer.setText(id, later);
        assert.deepEqual(rules(id), first);
      }
      analyzer.configure({ ...defaultSettings });
      assert.deepEqual(rules(id), first, id);
    }
  });

  it('finds the same in an included file after an edit elsewhere', () => {
    const [hub, part, other] = ['file:///w/nats.conf', 'file:///w/users.txt', 'file:///w/compose.yaml'];
    const text = 'authorization { include users.txt }\n';
    analyzer.setFile({ id: hub, text });
    analyzer.setFile({
      id: part,
      text: 'users: [\n  { user: a, password: "kiwi-lamp", permissions: { publish: "a.>", subscribe: "_INBOX.*" } }\n]\n',
    });
    analyzer.setFile({ id: other, text: 'services: {}\n' });
    const first = rules(part);
    assert.ok(first.includes('nats/plaintext-password') && first.includes('nats/subscribe-too-narrow'));
    analyzer.setText(other, '# Later.\nservices: {}\n');
    assert.deepEqual(rules(part), first);
    analyzer.setText(hub, `# Later.\n${text}`);
    assert.deepEqual(rules(part), first);
  });

  it('knows when findings change by themselves, and changes them then', () => {
    analyzer.setFile({ id: file, text: tokenOf({ alg: 'HS256' }, { sub: 'ana', iat: now / 1000, exp: (now + hour) / 1000 }) });
    assert.ok(!rules().includes('jwt/expired'));
    assert.equal(analyzer.recheckAt(), now + hour);
    now += hour;
    analyzer.recheck();
    assert.ok(rules().includes('jwt/expired'));
  });

  it('judges again under other settings', () => {
    analyzer.setFile({ id: file, text: unsigned });
    assert.deepEqual(rules(), ['jwt/alg-none']);
    analyzer.configure({ ...defaultSettings, severities: new Map([['jwt/alg-none', 'off']]) });
    assert.deepEqual(rules(), []);
  });

  it('takes a language from its caller before its own guess', () => {
    const id = 'file:///w/settings.txt';
    analyzer.setFile({ id, text: 'port: 4222\n' });
    assert.equal(analyzer.result(id).language, undefined);
    analyzer.setFile({ id, text: 'port: 4222\n' }, 'nats-conf');
    assert.equal(analyzer.result(id).language, 'nats-conf');
  });

  it('calls a text that only holds tokens jwt, and one that holds nothing nothing', () => {
    analyzer.setFile({ id: file, text: unsigned });
    assert.equal(analyzer.result(file).language, 'jwt');
    analyzer.setFile({ id: file, text: 'eyJust.kidding.really\n' });
    assert.equal(analyzer.result(file).language, undefined);
  });

  it('loses only the findings of a rule that breaks, and names it without quoting the file', () => {
    const broken = defineRule<string>({
      id: 'nats/broken',
      severity: 'error',
      since: '0.1.0',
      *check(text) {
        yield { span: { start: 0, end: 1 }, message: 'first' };
        throw new TypeError(`cannot read ${text}`);
      },
    });
    const whole = defineRule<string>({
      id: 'nats/whole',
      severity: 'warning',
      since: '0.1.0',
      *check() {
        yield { span: { start: 0, end: 1 }, message: 'second' };
      },
    });
    const run = runRules('s3cr3t', [broken, whole], { file, settings: defaultSettings, now });
    assert.deepEqual(
      run.findings.map(({ rule }) => rule),
      ['nats/whole'],
    );
    assert.deepEqual(
      run.faults.map(({ rule }) => rule),
      ['nats/broken'],
    );
    assert.match(run.faults[0]?.message ?? '', /^TypeError/);
    assert.ok(!JSON.stringify(run.faults).includes('s3cr3t'));
  });
});
