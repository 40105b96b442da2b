// What real servers said about the fixtures, kept so that a machine without them can still compare.
import { existsSync, readFileSync } from 'node:fs';
import { type Fixture, findFixtures } from './fixtures.ts';
import { type Answer, ask, findServers, judges, type NatsServer, type Verdict } from './nats-server.ts';

export const verdictsPath = 'test/oracle/verdicts.json';

/** By rule, then by fixture key, then by server version. */
export type Verdicts = Record<string, Record<string, Record<string, Recorded>>>;

/** The server's words stand beside the verdict for people who read the difference of a new recording. */
export interface Recorded {
  readonly verdict: Verdict;
  /** The other verdict of a server that is of two minds: it walks maps in random order. */
  readonly or?: Verdict;
  readonly message?: string;
}

export function readVerdicts(): Verdicts {
  return existsSync(verdictsPath) ? (JSON.parse(readFileSync(verdictsPath, 'utf8')) as Verdicts) : {};
}

/** Whether a claim of ours, or a server's own verdict of today, is what was recorded. */
export function agrees(recorded: Recorded, said: Verdict): boolean {
  if (recorded.verdict === said || recorded.or === said) return true;
  // The machine stopped the server after `-t` had nothing against the text: all that is known is that it parses.
  return (recorded.verdict === 'environment' || recorded.or === 'environment') && said !== 'parse';
}

/** Runs `work` over all items on a few lanes, for processes that mostly wait. */
export async function inLanes<Item>(items: Iterable<Item>, lanes: number, work: (item: Item) => Promise<void>): Promise<void> {
  const queue = [...items];
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** Asks every judge that is at hand about every fixture and keeps what is already known of the others. */
export async function recordVerdicts(): Promise<{ verdicts: Verdicts; asked: readonly NatsServer[] }> {
  const asked = findServers().filter(({ version }) => judges.includes(version));
  const before = readVerdicts();
  const verdicts: Verdicts = {};
  const keep = ({ rule, key }: Fixture, version: string, recorded: Recorded) => {
    verdicts[rule] ??= {};
    verdicts[rule][key] ??= {};
    verdicts[rule][key][version] = recorded;
  };
  await inLanes(new Map(findFixtures().map(fixture => [fixture.rule + fixture.key, fixture])).values(), 4, async fixture => {
    for (const version of judges) {
      const server = asked.find(candidate => candidate.version === version);
      const known = before[fixture.rule]?.[fixture.key]?.[version];
      if (server) keep(fixture, version, summarize(await askOften(server, fixture, known ? 1 : 4), known));
      else if (known) keep(fixture, version, known);
    }
  });
  return { verdicts: sorted(verdicts), asked };
}

async function askOften(server: NatsServer, fixture: Fixture, times: number): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let i = 0; i < times; i++) answers.push(await ask(server, fixture));
  return answers;
}

function summarize(answers: readonly Answer[], known: Recorded | undefined): Recorded {
  const first = answers[0] as Answer;
  // Once it has been seen to be of two minds, one more answer proves nothing.
  if (known?.or !== undefined && (first.verdict === known.verdict || first.verdict === known.or)) return known;
  const other = answers.find(answer => answer.verdict !== first.verdict);
  const message = (first.message || other?.message || '').split('\n')[0] ?? '';
  return { verdict: first.verdict, ...(other ? { or: other.verdict } : {}), ...(message ? { message: message.slice(0, 200) } : {}) };
}

function sorted(verdicts: Verdicts): Verdicts {
  const byName = <Value>(record: Record<string, Value>) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  return byName(Object.fromEntries(Object.entries(verdicts).map(([rule, keys]) => [rule, byName(keys)])));
}
