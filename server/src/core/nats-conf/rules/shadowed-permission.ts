// A denial wins over everything that is allowed, so an allowed subject under a denied pattern is never allowed.
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { beginOtherwise, coversSubject, subjectsOverlap } from '../../nats-auth/subject.ts';
import { byPart } from '../by-part.ts';
import type { NatsConf } from '../model.ts';
import { clientPermissions, type Direction, type Pattern, remarkablePermissions } from '../permissions.ts';
import { blanksBefore, textOfFile } from '../source-edits.ts';
import type { EvaluatedString } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/shadowed-permission',
  severity: 'warning',
  since: '0.1.0',
  check: byPart(function* (conf) {
    const remarkable = new Set(remarkablePermissions(conf));
    for (const permissions of clientPermissions(conf)) {
      const isPlain = !remarkable.has(permissions);
      for (const direction of permissions.directions) {
        if (direction.unknown || ((isPlain || !namesQueues(direction)) && areUnrelated(direction))) continue;
        yield* judge(conf, direction);
      }
    }
  }),
});

function namesQueues({ allowed, denied }: Direction): boolean {
  return allowed.some(namesQueue) || denied.some(namesQueue);
}

function namesQueue({ value }: EvaluatedString): boolean {
  return /\s/.test(value);
}

/** Whether nothing can be said about patterns without queue groups, as about nearly all. By number, so that nothing is made. */
function areUnrelated({ allowed, denied }: Direction): boolean {
  for (let i = 0; i < denied.length; i++) {
    const denial = (denied[i] as EvaluatedString).value;
    let isMet = allowed.length === 0;
    for (let j = 0; j < allowed.length; j++) {
      const { value } = allowed[j] as EvaluatedString;
      if (beginOtherwise(denial, value)) continue;
      if (coversSubject(denial, value)) return false;
      isMet ||= subjectsOverlap(denial, withRest(value));
    }
    if (!isMet) return false;
  }
  return !someCovered(allowed) && !someCovered(denied);
}

function someCovered(list: readonly EvaluatedString[]): boolean {
  for (let i = 1; i < list.length; i++) {
    const { value } = list[i] as EvaluatedString;
    for (let j = 0; j < i; j++) {
      const other = (list[j] as EvaluatedString).value;
      if (!beginOtherwise(value, other) && (coversSubject(value, other) || coversSubject(other, value))) return true;
    }
  }
  return false;
}

function* judge(conf: NatsConf, direction: Direction): Generator<Report> {
  const vain = vainIn(direction);
  const effective = direction.allow.filter(pattern => !vain.has(pattern));
  yield* repeatedIn(conf, direction, effective);
  yield* repeatedIn(conf, direction, direction.deny);
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

/** What is allowed in vain, each with a denial that leaves nothing of it. */
function vainIn({ allow, deny }: Direction): ReadonlyMap<Pattern, Pattern> {
  const vain = new Map<Pattern, Pattern>();
  for (const pattern of allow) {
    const stronger = deny.find(({ subject, queue }) => queue === undefined && coversSubject(subject, pattern.subject));
    if (stronger) vain.set(pattern, stronger);
  }
  return vain;
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
  return allow.length > 0 ? deny.filter(denial => !isMet(denial, allow)) : [];
}

/** A subscription may be wider than what is allowed by a trailing `*`, so the rest below it counts as met. */
function isMet({ subject }: Pattern, allow: readonly Pattern[]): boolean {
  return allow.some(one => subjectsOverlap(withRest(one.subject), subject));
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
