// A denial wins over everything that is allowed, so an allowed subject under a denied pattern is never allowed.
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { coversSubject, subjectsOverlap } from '../../nats-auth/subject.ts';
import { byPart } from '../by-part.ts';
import type { NatsConf } from '../model.ts';
import { clientDirections, type Direction, type Pattern } from '../permissions.ts';
import { textOfFile } from '../source-edits.ts';

export default defineRule<NatsConf>({
  id: 'nats/shadowed-permission',
  severity: 'warning',
  since: '0.1.0',
  check: byPart(function* (conf) {
    for (const direction of clientDirections(conf)) {
      if (direction.unknown) continue;
      const vain = vainIn(direction);
      const effective = vain.size > 0 ? direction.allow.filter(pattern => !vain.has(pattern)) : direction.allow;
      if (someCovered(effective)) yield* repeatedIn(conf, direction, effective);
      if (someCovered(direction.deny)) yield* repeatedIn(conf, direction, direction.deny);
      for (const [pattern, stronger] of vain) {
        yield {
          ...pattern.value.at,
          message: `A denial wins over what is allowed, and \`${stronger.subject}\` is denied here, so \`${pattern.subject}\` is never allowed. Remove one of the two, or deny less.`,
          related: [{ ...stronger.value.at, message: 'This denial covers it.' }],
          ...removalFix(conf, direction, pattern),
        };
      }
      for (const pattern of idleDenials(direction)) {
        yield {
          ...pattern.value.at,
          severity: 'information' as const,
          message: `Nothing that is allowed here matches \`${pattern.subject}\`, so denying it changes nothing. Remove it, or check its spelling.`,
          ...removalFix(conf, direction, pattern),
        };
      }
    }
  }),
});

const none: ReadonlyMap<Pattern, Pattern> = new Map();

/** What is allowed in vain, each with a denial that covers it. */
function vainIn(direction: Direction): ReadonlyMap<Pattern, Pattern> {
  if (direction.allow.length === 0 || direction.deny.length === 0) return none;
  return new Map(
    direction.allow.flatMap(pattern => {
      const stronger = denialOf(direction, pattern);
      return stronger ? [[pattern, stronger] as const] : [];
    }),
  );
}

/** A denial that leaves nothing of what a pattern allows. */
function denialOf({ deny }: Direction, { subject }: Pattern): Pattern | undefined {
  return deny.find(one => one.queue === undefined && coversSubject(one.subject, subject));
}

/** Asked of every list. */
function someCovered(list: readonly Pattern[]): boolean {
  return list.length > 1 && list.some((pattern, at) => list.some((other, i) => i !== at && coversSubject(other.subject, pattern.subject)));
}

/** Patterns that another one of their list says already. A queue group makes a difference, so those with one are left alone. */
function* repeatedIn(conf: NatsConf, direction: Direction, list: readonly Pattern[]): Generator<Report> {
  if (list.some(({ queue }) => queue !== undefined)) return;
  for (const [at, pattern] of list.entries()) {
    const wider = list.find(
      (other, i) => i !== at && coversSubject(other.subject, pattern.subject) && (i < at || !coversSubject(pattern.subject, other.subject)),
    );
    if (!wider) continue;
    yield {
      ...pattern.value.at,
      severity: 'information',
      message: `\`${wider.subject}\` in the same list ${wider.subject === pattern.subject ? 'says the same' : 'covers this already'}, so \`${pattern.subject}\` changes nothing. Remove ${wider.subject === pattern.subject ? 'it' : 'one of them: the wide one if the narrow one is what you mean'}.`,
      related: [{ ...wider.value.at, message: 'This one covers it.' }],
      ...removalFix(conf, direction, pattern),
    };
  }
}

/** Denials that no allowed pattern meets. With nothing in `allow`, everything is allowed. */
function idleDenials({ allow, deny }: Direction): readonly Pattern[] {
  if (allow.length === 0 || deny.length === 0) return [];
  // A subscription may be wider than what is allowed by a trailing `*`, so the rest below it counts as met.
  return deny.filter(({ subject }) => !allow.some(other => subjectsOverlap(withRest(other.subject), subject)));
}

/** With `>` in place of a last token `*`. */
function withRest(subject: string): string {
  return subject === '*' || subject.endsWith('.*') ? `${subject.slice(0, -1)}>` : subject;
}

/** Only one entry of several can go: an emptied list would mean something else. */
function removalFix(conf: NatsConf, direction: Direction, { value }: Pattern): { fix?: Fix } {
  const [lists] = direction.setting.blocks;
  const list = [direction.setting, ...(lists?.settings ?? [])].find(
    ({ value: all }) => all.kind === 'array' && all.items.includes(value),
  )?.value;
  if (list?.kind !== 'array' || list.items.length < 2 || value.via || list.via) return {};
  const { file } = value.origin;
  return {
    fix: {
      title: 'Remove it from the list',
      safety: 'unsafe',
      edits() {
        const text = textOfFile(conf, file);
        const { start, end } = value.node.span;
        const after = /^[ \t]*,[ \t]*/.exec(text.slice(end))?.[0].length;
        const before = /,?[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0;
        const span = after === undefined ? { start: start - before, end } : { start, end: end + after };
        return [{ file, span, newText: '' }];
      },
    },
  };
}
