// Files of NATS credentials: how they are recognised, what hover and outline tell, and that nothing tells the seed.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { creds } from '../../server/src/core/creds/index.ts';
import { detectLanguage } from '../../server/src/core/detect.ts';
import { defaultSettings } from '../../server/src/core/lint/settings.ts';
import { credentials, natsToken, party } from '../support/nats-tokens.ts';

const [operator, account, user] = [party('operator'), party('account'), party('user')];
const token = natsToken('user', account, user);
const file = credentials(token, user.seed);
const context = { settings: defaultSettings, now: 0, owner: 'creds' as const, read: () => 'absent' as const };
const build = (text: string, owner: 'creds' | undefined = 'creds') =>
  creds.build({ id: 'file:///w/user.creds', text }, owner ? context : { ...context, owner: undefined });

describe('NATS credentials', () => {
  it('are recognised by name and content, and by content alone', () => {
    const language = (name: string, text: string) => detectLanguage({ id: `file:///w/${name}`, text });
    assert.equal(language('user.creds', file), 'creds');
    assert.equal(language('user.creds', ''), 'creds');
    assert.equal(language('user.nk', `${user.seed}\n`), 'creds');
    assert.equal(language('secret.key', account.seed), 'creds');
    assert.equal(language('exported', `-----BEGIN NATS OPERATOR JWT-----\n${natsToken('operator', operator, operator)}\n`), 'creds');
    // A damaged one is still meant as one.
    assert.equal(language('user.creds', file.replace('-----BEGIN NATS', '--BEGIN NATS')), 'creds');
  });

  it('are not taken for what others keep under the same name, or what only speaks of them', () => {
    const language = (name: string, text: string) => detectLanguage({ id: `file:///w/${name}`, text });
    assert.equal(language('google.creds', '{ "type": "service_account" }'), undefined);
    assert.equal(language('README.md', `Like this:\n\n${file}`), undefined);
    assert.equal(language('secret.key', `${user.key}\n`), undefined);
    assert.equal(language('code.ts', `const seed = '${user.seed}';`), undefined);
  });

  it('show what a seed is and its public key, never the seed', () => {
    const hover = creds.hover?.(build(file), file.indexOf(user.seed) + 9, context);
    assert.deepEqual(hover?.span, { start: file.indexOf(user.seed), end: file.indexOf(user.seed) + 58 });
    assert.match(hover?.markdown ?? '', /NATS user seed\*\* · SECRET/);
    assert.ok(hover?.markdown.includes(user.key));
    assert.equal(hover?.markdown.includes(user.seed), false);
    assert.equal(creds.hover?.(build(file), file.indexOf('IMPORTANT'), context), undefined);
  });

  it('show the same in any other text', () => {
    const text = `seeds: ${operator.seed} ${account.seed}`;
    const model = build(text, undefined);
    assert.match(creds.hover?.(model, 12, context)?.markdown ?? '', /operator seed[\s\S]*any account/);
    assert.match(creds.hover?.(model, text.length, context)?.markdown ?? '', /account seed/);
  });

  it('have an outline of their parts', () => {
    assert.deepEqual(
      creds.outline?.(build(file)).map(({ name, nameSpan }) => [name, file.slice(nameSpan.start, nameSpan.end)]),
      [
        ['NATS USER JWT', 'NATS USER JWT'],
        ['USER NKEY SEED', 'USER NKEY SEED'],
      ],
    );
  });

  it('are read with the line ends of Windows too', () => {
    const windows = file.replaceAll('\n', '\r\n');
    assert.equal(build(windows).jwt?.claims?.kind, 'user');
    assert.deepEqual(build(windows).faults, []);
  });

  it('are judged by where they are: silent about the seed in dotenv files, information where git ignores them', () => {
    const severities = (name: string, text: string, tracking?: 'kept' | 'ignored' | 'outside') => {
      const analyzer = new Analyzer(() => Date.parse('2026-01-01'));
      const id = `file:///w/${name}`;
      analyzer.setFile({ id, text });
      if (tracking) assert.equal(analyzer.setOnDisk(id, { tracking, isReadableByOthers: false }), true);
      return analyzer.result(id).findings.flatMap(({ rule, severity }) => (rule === 'creds/seed-exposed' ? [severity] : []));
    };
    assert.deepEqual(severities('user.creds', file, 'ignored'), ['information']);
    assert.deepEqual(severities('user.creds', file, 'outside'), ['information']);
    assert.deepEqual(severities('user.creds', file), ['information']);
    assert.deepEqual(severities('user.creds', file, 'kept'), ['warning']);
    assert.deepEqual(severities('login.ts', `connect('${user.seed}')`), ['warning']);
    assert.deepEqual(severities('.env', `NATS_SEED=${user.seed}\n`), []);
    assert.deepEqual(severities('nats.conf', `authorization: { users: [ { nkey: ${user.seed} } ] }\n`), []);
  });

  it('are found anew when the disk has news, and only then', () => {
    const analyzer = new Analyzer(() => Date.parse('2026-01-01'));
    const id = 'file:///w/user.creds';
    analyzer.setFile({ id, text: file });
    const rules = () => analyzer.result(id).findings.map(({ rule, severity }) => `${rule} ${severity}`);
    assert.deepEqual(rules(), ['creds/seed-exposed information']);
    const onDisk = { tracking: 'kept', isReadableByOthers: true } as const;
    assert.equal(analyzer.setOnDisk(id, onDisk), true);
    assert.equal(analyzer.setOnDisk(id, { ...onDisk }), false);
    assert.deepEqual(rules(), ['creds/loose-file-mode information', 'creds/seed-exposed warning']);
  });
});
