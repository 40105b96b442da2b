// What a variable demands: its size, its spelling, and what it goes with or without, in sentences.
import { demandFacts, renamedFacts } from '../facts/compose-dialects.ts';
import type { Settings } from '../lint/settings.ts';
import { describeMeaning, meaningOf, secretMeanings, switchOf, type VariableMeaning } from './meaning.ts';
import { leastBytes } from './secret-quality.ts';

export interface DescribedVariable {
  readonly product: string | undefined;
  /** What it means, then what it demands. */
  readonly sentences: readonly string[];
  /** Whether its value is never shown. */
  readonly secret: boolean;
}

/** What is to be said of a variable; undefined for what is none of our business. */
export function describeVariable(name: string, settings: Pick<Settings, 'environment'>, image?: string): DescribedVariable | undefined {
  const meaning = meaningOf(name, settings, image);
  const fact = switchOf(name, settings);
  if (!meaning && !fact) return undefined;
  const sentences: string[] = [];
  if (meaning) sentences.push(describeMeaning(meaning), ...sizeOf(meaning));
  if (fact) sentences.push(`When it is \`${fact.opens.replace('=', '')}\`: ${fact.says}`);
  const secret = meaning !== undefined && secretMeanings.has(meaning.meaning);
  return { product: meaning?.product ?? fact?.product, sentences: [...sentences, ...companionsOf(name)], secret };
}

/** Sizes that the sentence of the variable itself does not name. */
function sizeOf({ meaning, least, encoding, says }: VariableMeaning): readonly string[] {
  if (says && /\d+ (?:bytes|characters)|\bbytes\b/.test(says)) return [];
  const bytes = least ?? (meaning === 'jwt-secret' ? leastBytes(undefined) : undefined);
  if (bytes === undefined) return [];
  const algorithm = least === undefined ? ' for HS256, 48 for HS384 and 64 for HS512' : '';
  return [`At least ${bytes} bytes${algorithm}${encoding ? ', in base64' : ''}.`];
}

/** What it excludes or needs, and what it is called now. */
function companionsOf(name: string): readonly string[] {
  const sentences: string[] = [];
  for (const demand of demandFacts) {
    if (demand.kind === 'one-of' && demand.names.includes(name) && demand.beside === undefined) {
      const others = demand.names.filter(other => other !== name).map(other => `\`${other}\``);
      sentences.push(`Not together with ${others.join(' or ')}.`);
    }
    if (demand.kind === 'needs' && demand.when.includes(name)) sentences.push(`${demand.product} ${demand.says}: \`${demand.anyOf[0]}\`.`);
  }
  const renamed = renamedFacts.get(name);
  if (renamed) {
    const since = renamed.since === undefined ? 'Newer versions' : `Since ${renamed.since}, ${renamed.product}`;
    sentences.push(renamed.new === undefined ? `${since} reads it no more.` : `${since} calls it \`${renamed.new}\`.`);
  }
  return sentences;
}
