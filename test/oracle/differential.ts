// Texts that nobody wrote, judged by us and by a real server: where the two differ, one of us is wrong, and it is not the server.
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { defaultSettings, parseServerVersion, type ServerVersion } from '../../server/src/core/lint/settings.ts';
import { evaluateFiles } from '../support/nats-text.ts';
import { type Random, randomFrom } from '../support/random.ts';
import type { Claim } from './fixtures.ts';
import { generate, mutate, sites } from './mutations.ts';
import { ask, type NatsServer } from './nats-server.ts';
import { agrees, inLanes } from './verdicts.ts';

const main = 'nats.conf';

export interface Disagreement {
  readonly text: string;
  readonly server: string;
  readonly claim: Claim;
  readonly verdict: string;
  /** The server's own words. */
  readonly message: string;
}

/** What we say the server does with a configuration of one file. */
function claimOf(text: string, version: string): Claim {
  const analyzer = new Analyzer(() => Date.now(), { ...defaultSettings, natsServer: parseServerVersion(version) as ServerVersion });
  const id = `file:///w/${main}`;
  analyzer.setFile({ id, text }, 'nats-conf');
  for (const wanted of analyzer.wanted()) analyzer.setAbsent(wanted);
  return analyzer.result(id).rejected ?? 'accepts';
}

/** How many of the texts come from the schema alone; the others are changed ones of `seeds`. */
const generatedShare = 0.2;

/** As many texts as wanted, the same for the same seed. */
export function variants(seeds: readonly string[], seed: number, count: number): readonly string[] {
  const random: Random = randomFrom(seed);
  const among = sites();
  const whole = seeds.map(withoutEnvironment);
  return Array.from({ length: count }, () =>
    random.next() < generatedShare ? generate(random, among) : mutate(random.pick(whole), random, among),
  );
}

/** What a variable of the environment holds is the machine's affair: a word stands in for each. */
function withoutEnvironment(text: string): string {
  let plain = text;
  for (const { node } of environmentOf(text).reverse()) plain = `${plain.slice(0, node.span.start)}value${plain.slice(node.span.end)}`;
  return plain;
}

function environmentOf(text: string) {
  return evaluateFiles({ [main]: text }).variables.filter(({ outcome }) => outcome.kind === 'environment');
}

/** The texts about which a server never says what we say; it walks maps in random order, so it is asked again before that is believed. */
export async function disagreements(server: NatsServer, texts: readonly string[], lanes: number): Promise<readonly Disagreement[]> {
  const found: Disagreement[] = [];
  const certain = texts.filter(text => environmentOf(text).length === 0);
  await inLanes(certain, lanes, async text => {
    const claim = claimOf(text, server.version);
    let answer = { verdict: '', message: '' };
    for (let asked = 0; asked < 4; asked++) {
      const { verdict, message } = await ask(server, { files: new Map([[main, text]]), main });
      if (agrees({ verdict }, claim)) return;
      answer = { verdict, message };
    }
    found.push({ text, server: server.version, claim, ...answer });
  });
  return found;
}
