// What stands beside and above tokens in the editor: how long they count, and what can be done with them.
import assert from 'node:assert/strict';
import { jwt } from '../../server/src/core/jwt/index.ts';
import { defaultSettings } from '../../server/src/core/lint/settings.ts';
import { part, unverifiable } from '../support/tokens.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const context = { settings: defaultSettings, now, read: () => 'absent' as const };
const minutes = (count: number) => now / 1000 + count * 60;

function modelOf(text: string, id = 'file:///w/a.sh') {
  return jwt.build({ id, text }, context);
}
const hintsIn = (text: string, span = { start: 0, end: text.length }) => jwt.hints?.(modelOf(text), span, context) ?? [];

describe('inlay hints at tokens', () => {
  const words: readonly (readonly [Record<string, unknown>, string, number])[] = [
    [{ exp: minutes(12) }, 'expires in 12 minutes', now + 60_000],
    [{ exp: minutes(1) }, 'expires in less than 2 minutes', now + 60_000],
    [{ exp: minutes(0.5) }, 'expires in less than 2 minutes', now + 30_000],
    [{ exp: minutes(36 * 60) }, 'expires in 36 hours', now + 3_600_000],
    [{ exp: minutes(0) }, 'expired just now', now + 60_000],
    [{ exp: minutes(-90) }, 'expired 90 minutes ago', now + 60_000],
    [{ exp: minutes(-60 * 24 * 9) }, 'expired 9 days ago', now + 3_600_000],
    [{ exp: minutes(600), nbf: minutes(10) }, 'valid in 10 minutes', now + 60_000],
  ];
  for (const [claims, label, until] of words) {
    it(`say "${label}", and when that is to be looked at again`, () => {
      const token = unverifiable({ sub: 'ada', ...claims });
      const [hint, ...others] = hintsIn(`T=${token}\n`);
      assert.deepEqual([hint?.label, hint?.offset, hint?.until, others], [label, 2 + token.length, until, []]);
    });
  }

  it('have the moment in UTC in their tooltip', () =>
    assert.equal(
      hintsIn(unverifiable({ scope: 'a', exp: minutes(12) }))[0]?.tooltip,
      'This access token expires in 12 minutes (2026-01-01 00:12:00 UTC).',
    ));

  it('are silent where a token does not say when it ends, or not in seconds', () => {
    assert.deepEqual(hintsIn(unverifiable({ sub: 'ada' })), []);
    assert.deepEqual(hintsIn(unverifiable({ exp: now })), []);
  });

  it('are asked for by place', () => {
    const token = unverifiable({ exp: minutes(12) });
    assert.equal(hintsIn(`${token}\n${token}\n`, { start: token.length + 1, end: token.length + 2 }).length, 1);
  });
});

describe('code lenses at tokens', () => {
  it('decode and check, and say where the token stands instead of what it is', () => {
    const token = unverifiable({ sub: 'ada', scope: 'a' });
    const argument = { file: 'file:///w/a.sh', offset: 2 };
    const span = { start: 2, end: 2 + token.length };
    assert.deepEqual(jwt.lenses?.(modelOf(`T=${token}\n`), context), [
      { span, title: 'Decode access token', command: { id: 'authlint.decodeToken', arguments: [argument] } },
      { span, title: 'Check token', command: { id: 'authlint.checkToken', arguments: [argument] } },
    ]);
  });

  it('stay away from logs and from long lists of tokens', () => {
    const token = unverifiable({ sub: 'ada' });
    assert.deepEqual(jwt.lenses?.(modelOf(token, 'file:///w/a.log'), context), []);
    assert.deepEqual(jwt.lenses?.(modelOf(`${token}\n`.repeat(60)), context), []);
  });
});

describe('a token that is another one’s content', () => {
  const inner = unverifiable({ sub: 'ada', scope: 'orders:read' });
  const nested = `${part({ alg: 'RS256', typ: 'JWT', cty: 'JWT' })}.${part(inner)}.${part('s'.repeat(256))}`;

  it('is shown inside of it', () => {
    const markdown = jwt.hover?.(modelOf(nested), 3, context)?.markdown ?? '';
    assert.match(markdown, /^\*\*Nested token\*\* · `RS256`/);
    assert.match(markdown, /Its content is another token:\n\n\*\*Access token\*\* · `HS256`/);
    for (const secret of inner.split('.')) assert.ok(!markdown.includes(secret));
  });

  it('is no damaged payload', () => {
    const findings = jwt.rules.flatMap(rule =>
      [...rule.check(modelOf(nested), { ...context, file: 'file:///w/a.sh', recheckAt: () => undefined })].map(() => rule.id),
    );
    assert.ok(!findings.includes('jwt/malformed'));
  });
});

describe('hover over a token that is written otherwise', () => {
  const token = unverifiable({ sub: 'ada' });
  it('says that it was put together', () => {
    const text = `t = "${token.slice(0, 50)}" +\n  "${token.slice(50)}"\n`;
    for (const offset of [10, 60, text.length - 5]) {
      const hover = jwt.hover?.(modelOf(text), offset, context);
      assert.deepEqual(hover?.span, { start: 5, end: text.length - 2 });
      assert.match(hover?.markdown ?? '', /`ada`[\s\S]*written in several pieces/);
    }
  });
  it('says that base64 hides nothing', () =>
    assert.match(
      jwt.hover?.(modelOf(Buffer.from(token).toString('base64')), 9, context)?.markdown ?? '',
      /`ada`[\s\S]*which hides nothing/,
    ));
});
