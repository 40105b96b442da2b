// Mappings, exports and imports of accounts, made up as both configurations and JWTs can say them.
import type { AccountImport, MappingDestination } from '../../../server/src/core/nats-auth/account-flow.ts';
import { type Choices, tokens } from './choices.ts';

/** The cluster that servers of the configurations are in when they are in one. */
export const cluster = 'east';

export interface MadeMapping {
  readonly source: string;
  readonly destinations: readonly MappingDestination[];
}

/** Every star of a source is used, since older servers want it so. */
export function makeMappings(choices: Choices): readonly MadeMapping[] {
  const { random } = choices;
  const mappings = new Map<string, MadeMapping>();
  for (const source of choices.some(2, () => choices.pattern())) {
    const stars = source.split('.').filter(token => token === '*').length;
    const rest = source.endsWith('>') ? '.>' : '';
    const words = Array.from({ length: stars }, (_, i) => (choices.chance(0.5) ? `$${i + 1}` : `{{wildcard(${i + 1})}}`));
    if (words.length > 1 && choices.chance(0.5)) words.reverse();
    if (words.length > 0 && choices.chance(0.3)) {
      words.push(random.pick(['{{partition(3,1)}}', '{{Split(1,-)}}', '{{ splitfromleft(1, 1) }}', '{{slicefromright(1,2)}}']));
    }
    const make = () => [...choices.literal(2).split('.'), ...words].join('.') + rest;
    const only: MappingDestination = { subject: make(), weight: 100 };
    const shared = [
      { subject: only.subject, weight: random.pick([30, 40]) },
      { subject: `m.${make()}`, weight: 20 },
    ];
    const lost = [{ subject: rest || words.length > 0 ? `l.${make()}` : source, weight: random.pick([50, 100]) }];
    const scoped = [
      only,
      { subject: `e.${make()}`, weight: random.pick([100, 60]), cluster },
      ...(choices.chance(0.3) ? [{ subject: `w.${make()}`, weight: 100, cluster: 'west' }] : []),
    ];
    const form = random.next();
    mappings.set(source, { source, destinations: form < 0.2 ? shared : form < 0.25 ? lost : form < 0.55 ? scoped : [only] });
  }
  return [...mappings.values()];
}

export interface MadeExport {
  readonly kind: 'stream' | 'service';
  readonly subject: string;
  /** Only these accounts may import it. */
  readonly only?: readonly string[];
  /** 1-based token that is the importing account's name. */
  readonly position?: number;
  readonly response?: 'Singleton' | 'Stream' | 'Chunked';
  readonly latency?: { readonly sampling: number; readonly results: string };
}

export interface MadeImport extends AccountImport {
  readonly form: 'same' | 'prefix' | 'renamed';
  readonly share: boolean;
}

export interface MadeExchange {
  readonly exports: ReadonlyMap<string, readonly MadeExport[]>;
  readonly imports: ReadonlyMap<string, readonly MadeImport[]>;
}

/** The first account imports from the others, the second from the third: so nothing goes around in circles. */
export function makeExchange(choices: Choices, [first, second, third]: readonly [string, string, string]): MadeExchange {
  const exports = new Map<string, readonly MadeExport[]>();
  for (const name of [second, third]) exports.set(name, distinct(choices.some(4, () => makeExport(choices, [first, second]))));
  const sources: readonly (readonly [string, readonly string[]])[] = [
    [first, [second, third]],
    [second, [third]],
  ];
  const imports = new Map<string, readonly MadeImport[]>();
  for (const [name, from] of sources) {
    const seen = new Set<string>();
    const taken = from.flatMap(account =>
      (exports.get(account) ?? []).flatMap(one => {
        if (!choices.chance(0.75) || (one.only && !one.only.includes(name))) return [];
        const made = makeImport(choices, one, account, name);
        const key = `${made.kind} ${made.local} ${made.kind === 'stream' ? account + made.subject : ''}`;
        if (seen.has(key)) return [];
        seen.add(key);
        return [made];
      }),
    );
    imports.set(name, taken);
  }
  return { exports, imports };
}

function distinct(exports: readonly MadeExport[]): readonly MadeExport[] {
  return [...new Map(exports.map(one => [`${one.kind} ${one.subject}`, one])).values()];
}

function makeExport(choices: Choices, importers: readonly string[]): MadeExport {
  const { random } = choices;
  const kind = random.pick(['stream', 'service'] as const);
  const subject = choices.pattern();
  const position = subject.split('.').indexOf('*') + 1;
  const guarded = position > 0 && choices.chance(0.3) ? { position } : choices.chance(0.25) ? { only: [random.pick(importers)] } : {};
  const answers = kind === 'service' && choices.chance(0.4) ? { response: random.pick(['Singleton', 'Stream', 'Chunked'] as const) } : {};
  // What is measured is told on subjects that nobody else uses.
  const isSingle = !answers.response || answers.response === 'Singleton';
  const latency = kind === 'service' && isSingle && choices.chance(0.2) ? { latency: { sampling: 100, results: 'latency.results' } } : {};
  return { kind, subject, ...guarded, ...answers, ...latency };
}

function makeImport(choices: Choices, { kind, subject: exported, position }: MadeExport, account: string, importer: string): MadeImport {
  // A part of what is exported may be imported too; of what bears the importer's name, only the part with the name.
  const named = position === undefined ? exported : exported.replace('*', importer);
  const subject = choices.chance(0.2) ? named.replace('*', choices.random.pick(tokens)) : named;
  const share = kind === 'service' && choices.chance(0.1);
  const from = { kind, account, subject, share };
  if (subject !== exported) choices.patterns.push(subject);
  if (kind === 'stream' && choices.chance(0.3)) {
    const prefix = choices.literal(1);
    choices.patterns.push(`${prefix}.${subject}`);
    return { ...from, form: 'prefix', local: `${prefix}.${subject}` };
  }
  if (!choices.chance(0.5)) return { ...from, form: 'same', local: subject };
  const stars = subject.split('.').filter(token => token === '*');
  const swapped = stars.length > 1 && choices.chance(0.5);
  const placeholders = stars.map((star, i) => (swapped ? `$${stars.length - i}` : star));
  const local = [...choices.literal(2).split('.'), ...placeholders, ...(subject.endsWith('>') ? ['>'] : [])].join('.');
  choices.patterns.push(local.replace(/\$\d/g, '*'));
  return { ...from, form: 'renamed', local };
}
