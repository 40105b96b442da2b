// A denial wins over everything that is allowed, so an allowed subject under a denied pattern is never allowed.
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { coversSubject, subjectsOverlap } from '../../nats-auth/subject.ts';
import { byPart } from '../by-part.ts';
import type { NatsConf } from '../model.ts';
import { clientDirections, type Direction, type Pattern } from '../permissions.ts';
import { blanksBefore, textOfFile } from '../source-edits.ts';

export default defineRule<NatsConf>({
  id: 'nats/shadowed-permission',
  severity: 'warning',
  since: '0.1.0',
  check: byPart(function* (conf) {
    for (const direction of clientDirections(conf)) {
      if (direction.unknown) continue;
      const vain = vainIn(direction);
      const idle = idleDenials(direction);
      const effective = vain.size > 0 ? direction.allow.filter(pattern => !vain.has(pattern)) : direction.allow;
      if (someCovered(effective)) yield* repeatedIn(conf, direction, effective);
      if (someCovered(direction.deny)) yield* repeatedIn(conf, direction, direction.deny);
      if (vain.size === 0 && idle.length === 0) continue;
      for (const [pattern, stronger] of vain) {
        yield {
          ...pattern.value.at,
          message: `A denial wins over what is allowed, and \`${stronger.subject}\` is denied here, so \`${pattern.subject}\` is never allowed. Remove one of the two, or deny less.`,
          related: [{ ...stronger.value.at, message: 'This denial covers it.' }],
          ...removalFix(conf, direction, pattern),
        };
      }
      for (const pattern of idle) {
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
const nothing: readonly Pattern[] = [];

/** What is allowed in vain, each with a denial that covers it. */
function vainIn({ allow, deny }: Direction): ReadonlyMap<Pattern, Pattern> {
  let vain: Map<Pattern, Pattern> | undefined;
  // By number, as all that is asked of every list: most have nothing to say, and then nothing is made.
  for (let i = 0; i < allow.length; i++) {
    const pattern = allow[i] as Pattern;
    const stronger = denialOf(deny, pattern);
    if (!stronger) continue;
    vain ??= new Map();
    vain.set(pattern, stronger);
  }
  return vain ?? none;
}

/** A denial that leaves nothing of what a pattern allows. */
function denialOf(deny: readonly Pattern[], { subject }: Pattern): Pattern | undefined {
  for (let i = 0; i < deny.length; i++) {
    const one = deny[i] as Pattern;
    if (one.queue === undefined && coversSubject(one.subject, subject)) return one;
  }
  return undefined;
}

function someCovered(list: readonly Pattern[]): boolean {
  for (let at = 0; at < list.length; at++) {
    const { subject } = list[at] as Pattern;
    for (let i = 0; i < list.length; i++) if (i !== at && coversSubject((list[i] as Pattern).subject, subject)) return true;
  }
  return false;
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
  let idle: Pattern[] | undefined;
  for (let i = 0; i < deny.length && allow.length > 0; i++) {
    const denial = deny[i] as Pattern;
    if (isMet(denial, allow)) continue;
    idle ??= [];
    idle.push(denial);
  }
  return idle ?? nothing;
}

/** A subscription may be wider than what is allowed by a trailing `*`, so the rest below it counts as met. */
function isMet({ subject }: Pattern, allow: readonly Pattern[]): boolean {
  for (let i = 0; i < allow.length; i++) if (subjectsOverlap(withRest((allow[i] as Pattern).subject), subject)) return true;
  return false;
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
        const blanks = blanksBefore(text, start);
        const before = text[blanks - 1] === ',' ? blanks - 1 : blanks;
        const span = after === undefined ? { start: before, end } : { start, end: end + after };
        return [{ file, span, newText: '' }];
      },
    },
  };
}
