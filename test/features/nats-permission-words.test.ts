// Lenses above users and permissions, and hovers over their patterns: short, true, and in the file that holds them.
import assert from 'node:assert/strict';
import { defaultSettings } from '../../server/src/core/lint/settings.ts';
import { natsConf } from '../../server/src/core/nats-conf/index.ts';
import { modelOf, type NatsModel, partOf } from '../support/nats-models.ts';

const text = `authorization {
  default_permissions { publish: "public.>" }
  users: [
    { user: alice, password: x, permissions: { publish: { allow: ["orders.>", "orders.new", "jobs.*"], deny: "orders.secret.>" }, subscribe: { deny: ">" } } }
    {
      user: bob, password: x
      permissions {
        subscribe: ["foo.*", "jobs workers"]
        allow_responses: true
      }
    }
    { user: carol, password: x }
  ]
}
`;

function lensesOf({ conf, context }: NatsModel, source: string): readonly string[] {
  return (natsConf.lenses?.(conf, context) ?? []).map(({ span, title }) => `${source.slice(span.start, span.end)}: ${title}`);
}

function hoverOver({ conf, context }: NatsModel, source: string, words: string): string {
  return natsConf.hover?.(conf, source.indexOf(words) + 2, context)?.markdown ?? '';
}

describe('nats permission lenses', () => {
  it('say how much is let through', () => {
    assert.deepEqual(lensesOf(modelOf(text), text), [
      'default_permissions: default of 1 user: may publish 1 pattern, subscribe to everything · Test a subject…',
      'alice: may publish 3 patterns (1 denied), subscribe to nothing · Test a subject…',
      'bob: may publish replies only, subscribe to 2 patterns · Test a subject…',
      'carol: may publish 1 pattern, subscribe to everything · Test a subject…',
    ]);
  });

  it('lead to a test of the user', () => {
    const { conf, context } = modelOf(text);
    const [, alice] = natsConf.lenses?.(conf, context) ?? [];
    assert.deepEqual(alice?.command, { id: 'authlint.testPermission', arguments: [{ file: 'file:///w/nats.conf', user: 'alice' }] });
  });

  it('stand in the part that holds the users', () => {
    const files = { 'nats.conf': 'authorization { include "users.conf" }\n', 'users.conf': 'users: [ { user: dora, password: x } ]\n' };
    const model = partOf(files, 'users.conf');
    assert.deepEqual(lensesOf(model, files['users.conf']), ['dora: Test a subject…']);
    assert.deepEqual(lensesOf(modelOf(files), files['nats.conf']), []);
  });
});

describe('nats pattern hovers', () => {
  const model = modelOf(text, defaultSettings.natsServer);

  it('say what a pattern matches, for whom, and what is taken from it', () => {
    assert.equal(
      hoverOver(model, text, '"orders.>"'),
      [
        'May publish to every subject that begins with `orders.` and has at least one more token.',
        'Counts for `alice`.',
        'Not for what `orders.secret.>` denies: a denied subject stays denied.',
        'Nobody else may publish to it.',
      ].join('\n\n'),
    );
  });

  it('tell of patterns that change nothing', () => {
    assert.match(hoverOver(model, text, '"orders.new"'), /`orders\.>` says the same and more: without this pattern nothing changes\./);
  });

  it('say what denied patterns leave, where patterns can say it', () => {
    const other =
      'authorization { users: [ { user: a, password: b, permissions: { publish: { allow: "x.>", deny: ["x.*", "x.*.*"] } } } ] }\n';
    assert.match(hoverOver(modelOf(other), other, '"x.>"'), /a denied subject stays denied\. Left is `x\.\*\.\*\.>`\./);
  });

  it('tell of defaults, of everybody else, and of stars that open more than they seem to', () => {
    assert.match(hoverOver(model, text, '"public.>"'), /Counts for `carol`, by default\./);
    assert.match(hoverOver(model, text, '"foo.*"'), /a subscription to `foo\.>` is accepted too/);
    assert.match(hoverOver(model, text, '"foo.*"'), /One other user may subscribe to it, or a part of it: `carol`\./);
    assert.match(hoverOver(model, text, '"jobs workers"'), /in queue groups that match `workers`/);
  });
});
