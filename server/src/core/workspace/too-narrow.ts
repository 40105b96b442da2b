// What programs do and their users may not: gathered by the list of permissions that would have to grow.
import type { Related } from '../lint/finding.ts';
import type { Report } from '../lint/rule.ts';
import { narrowestCover, withoutCovered } from '../nats-auth/subject.ts';
import { allowSubjects } from '../nats-conf/permission-edits.ts';
import type { Direction } from '../nats-conf/permissions.ts';
import { quoted } from '../nats-conf/source-edits.ts';
import type { NatsUsage } from '../nats-usage/model.ts';
import type { SubjectUse } from '../nats-usage/uses.ts';
import { nameOf } from '../text/file-id.ts';
import { grouped } from '../text/group.ts';
import { placeKey } from '../text/place.ts';
import { enumerated } from '../text/prose.ts';
import type { NatsProgram } from './nats-programs.ts';
import { type Candidate, type Limits, mayPublish, maySubscribe, type Verdict } from './nats-users.ts';
import { patternOf, type SubjectPattern } from './subject-pattern.ts';

/** Something that a program wants to do, and needs leave for in one direction. */
export interface Wish {
  readonly use: SubjectUse;
  readonly pattern: SubjectPattern;
  /** What the list would have to hold. */
  readonly subject: string;
}

/** Wishes that one list refuses, with the programs that have them. */
export interface Refusal {
  readonly limits: Limits;
  /** Users whose list it is, as far as programs run as them. */
  readonly users: ReadonlySet<string>;
  /** Whether a program says itself that it runs as one of these users. */
  readonly known: boolean;
  readonly wishes: readonly { readonly usage: NatsUsage; readonly wish: Wish }[];
}

export interface Question {
  readonly direction: Direction['name'];
  wishesOf(program: NatsProgram): readonly Wish[];
  judge(candidate: Candidate, wish: Wish): Verdict;
}

/** What programs ask for in vain, by the list that refuses it, in the order of the files. */
export function refusals(programs: readonly NatsProgram[], question: Question): readonly Refusal[] {
  const found = new Map<unknown, { refusal: Refusal; users: Set<string>; wishes: { usage: NatsUsage; wish: Wish }[] }>();
  for (const program of programs) {
    for (const wish of question.wishesOf(program)) {
      for (const candidate of refusedBy(program, wish, question)) {
        const limits = candidate.limits(question.direction);
        if (!limits) continue;
        const key = limits.kind === 'list' ? limits.direction : limits;
        let entry = found.get(key);
        if (!entry) {
          const [users, wishes] = [new Set<string>(), []];
          entry = { refusal: { limits, users, known: program.known, wishes }, users, wishes };
          found.set(key, entry);
        }
        entry.users.add(candidate.name);
        entry.wishes.push({ usage: program.usage, wish });
      }
    }
  }
  return [...found.values()].map(({ refusal }) => refusal);
}

/** In each configuration the user whose list is to grow; none where somebody may do it, or where it is not known who that somebody is. */
function refusedBy({ usage, candidates, known }: NatsProgram, wish: Wish, question: Question): readonly Candidate[] {
  if (!candidates || candidates.length === 0) return [];
  const narrow: Candidate[] = [];
  for (const users of candidates) {
    const verdicts = users.map(candidate => question.judge(candidate, wish));
    if (verdicts.includes('allowed')) return [];
    const open = users.filter((_, i) => verdicts[i] === 'narrow');
    const [first] = known ? open : [...open].sort((a, b) => nearness(b, usage, wish, question) - nearness(a, usage, wish, question));
    if (first) narrow.push(first);
  }
  return narrow;
}

/** How likely a program runs as a user: by the rest of what it does that this user may do, then by how alike the subjects are. */
function nearness(candidate: Candidate, usage: NatsUsage, wish: Wish, { direction }: Question): number {
  const rest = usage.uses.filter(use => {
    const pattern = patternOf(use.pieces);
    if (!pattern) return false;
    if (use.kind === 'subscribe') return maySubscribe(candidate, pattern, use.queue) === 'allowed';
    return /publish|request/.test(use.kind) && mayPublish(candidate, pattern) === 'allowed';
  }).length;
  const lists = candidate.permissions?.[direction];
  const alike = Math.max(0, ...(lists?.allow ?? []).map(({ subject }) => sharedTokens(subject, wish.subject)));
  return rest * 100 + alike;
}

function sharedTokens(a: string, b: string): number {
  const [x, y] = [a.split('.'), b.split('.')];
  let shared = 0;
  while (shared < x.length && x[shared] === y[shared]) shared++;
  return shared;
}

/** The fewest patterns that are no wider than the subjects ask for: one by itself as it is, several with one beginning as `beginning.>`. */
function coveringPatterns(subjects: readonly string[]): readonly string[] {
  const families = grouped(new Set(subjects), subject => subject.split('.', 1)[0]);
  return [...families.values()].flatMap(family => {
    const distinct = withoutCovered(family);
    const cover = narrowestCover(distinct);
    if (distinct.length === 1 || cover === undefined || !cover.includes('.')) return distinct;
    const isMerged = cover.endsWith('.*') && !distinct.every(subject => subject.endsWith('.*'));
    return [isMerged ? `${cover.slice(0, -1)}>` : cover];
  });
}

/** A finding about what programs ask for: `trouble` is the first sentence, without its end. */
export function reportRefusal(
  refusal: Refusal,
  option: string,
  words: { readonly trouble: (subjects: string) => string; readonly related: (wish: Wish) => string },
): Report {
  const { limits, wishes } = refusal;
  const patterns = coveringPatterns([...new Set(wishes.map(({ wish }) => wish.subject))]);
  const shown = [...new Set(wishes.map(({ wish }) => wish.pattern.subject))].map(subject => `\`${subject}\``);
  const trouble = words.trouble(listed(shown));
  const related = relatedOf(wishes, words.related);
  if (limits.kind === 'token')
    return { ...limits.at, message: `${trouble}. ${issueAnew(refusal, `${option} "${patterns.join(',')}"`)}`, related };
  const edit = allowSubjects(limits.conf, limits.direction, patterns);
  return {
    ...limits.direction.setting.entry.keyAt,
    message: `${trouble}. Allow ${listed(patterns.map(quoted))} here${refusal.known ? '' : ', or for the user who is to do it'}.`,
    related,
    ...(edit ? { fix: { title: `Allow ${patterns.join(', ')}`, safety: 'unsafe' as const, edits: () => [edit] } } : {}),
  };
}

/** What a JWT says is signed, so that it changes by a new one only. */
export function issueAnew({ users }: Refusal, options: string): string {
  return `Run \`nsc edit user --name ${[...users].join(' ')} ${options}\` and write the credentials again.`;
}

/** Places that are shown with a finding; there may be hundreds. */
const mostRelated = 20;

/** The places of the programs, each once. */
export function relatedOf(wishes: Refusal['wishes'], message: (wish: Wish) => string): readonly Related[] {
  const places = new Map<string, Related>();
  for (const { usage, wish } of wishes) {
    const { span } = wish.use;
    const place = { file: usage.file, span };
    places.set(placeKey(place), { ...place, message: message(wish) });
  }
  return [...places.values()].slice(0, mostRelated);
}

/** "worker.py subscribes to `orders` as `worker`, who may not": `verbs` are for one program and for several. */
export function doesInVain({ known, users, wishes }: Refusal, [one, several]: readonly [string, string], object: string): string {
  const programs = [...new Set(wishes.map(({ usage }) => nameOf(usage.file)))];
  const names = listed([...users].map(name => `\`${name}\``));
  return `${listed(programs)} ${programs.length === 1 ? one : several} ${object}${known ? ` as ${names}, who may not` : ', and no user may'}`;
}

/** "a, b and c"; of many the first three. */
function listed(words: readonly string[]): string {
  const shown = words.length > 4 ? [...words.slice(0, 3), `${words.length - 3} more`] : words;
  return enumerated(shown);
}
