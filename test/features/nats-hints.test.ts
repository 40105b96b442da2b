// Words between the characters of nats.conf: what numbers amount to, and who may do everything.
import assert from 'node:assert/strict';
import { natsConf } from '../../server/src/core/nats-conf/index.ts';
import { modelOf, type NatsModel, partOf } from '../support/nats-models.ts';

/** The text with each hint in `⟨…⟩` where it is shown. */
function shown({ conf, context }: NatsModel, from = 0, to = Number.POSITIVE_INFINITY): string {
  const text = conf.evaluation.files[0]?.file.text ?? '';
  const hints = natsConf.hints?.(conf, { start: from, end: Math.min(to, text.length) }, context) ?? [];
  return [...hints].reverse().reduce((all, { offset, label }) => `${all.slice(0, offset)}⟨${label}⟩${all.slice(offset)}`, text);
}

describe('hints of nats.conf', () => {
  const cases: readonly (readonly [what: string, text: string])[] = [
    ['say what bytes amount to', 'max_payload: 8388608⟨= 8 MiB⟩\nmax_pending = 8000000⟨≈ 7.63 MiB⟩'],
    [
      'leave sizes alone that can be read',
      'max_payload: 8MB\nmax_pending: 64M\nmax_control_line: 512\njetstream { max_mem: -1, max_file: "10G" }',
    ],
    [
      'say what seconds amount to',
      'ping_interval: 120⟨= 2 min⟩\nauthorization { timeout: 2⟨seconds⟩ }\nwrite_deadline: "10s"\nlame_duck_duration: 120',
    ],
    ['stand where the number is written', 'size = 2097152⟨= 2 MiB⟩\nmax_payload: $size\nmax_pending: $size'],
    ['are not for counts and ports', 'port: 4222\nmax_connections: 65536\nhttp: 8222'],
    [
      'say who may do everything',
      'authorization { users: [{ user: a⟨unrestricted⟩, password: x }, { user: b, permissions { publish: c } }] }',
    ],
    [
      'say so once where it is true of all',
      'accounts { A⟨users unrestricted⟩ { users: [{ user: a }, { user: b }] }, B { users: [{ user: "c"⟨unrestricted⟩ }] } }',
    ],
    [
      'know the defaults',
      'authorization { default_permissions { publish: a }, users: [{ user: a }] }\naccounts { A { default_permissions { publish: a }, users: [{ user: b }] } }',
    ],
    ['know the one user and the token', 'authorization { user: a⟨unrestricted⟩, password: x, permissions { publish: a } }'],
    [
      'say nothing about users of servers',
      'cluster { name: c, authorization { user: r, password: x } }\nleafnodes { authorization { users: [{ user: l, password: x }] } }',
    ],
    ['say nothing where a part is missing', 'authorization { include "gone.conf", users: [{ user: a }] }'],
  ];
  for (const [what, text] of cases) {
    it(what, () => assert.equal(shown(modelOf(text.replaceAll(/⟨[^⟩]*⟩/g, ''))), text));
  }

  it('are those of the asked part of the text', () => {
    const text = 'max_payload: 8388608\nmax_pending: 8388608\n';
    assert.equal(shown(modelOf(text), 21), 'max_payload: 8388608\nmax_pending: 8388608⟨= 8 MiB⟩\n');
  });

  it('are there in a part of a configuration', () => {
    const files = { 'nats.conf': 'accounts { A { include a.conf } }\n', 'a.conf': 'users: [{ user: a }, { user: b, permissions {} }]\n' };
    assert.equal(shown(partOf(files, 'a.conf')), 'users: [{ user: a⟨unrestricted⟩ }, { user: b, permissions {} }]\n');
  });
});
