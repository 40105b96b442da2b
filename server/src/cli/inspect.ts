// `authlint inspect`: what Authlint sees in one file.
import { resolve } from 'node:path';
import { embeddedLanguages, type Layer } from '../core/analysis.ts';
import { Analyzer } from '../core/analyzer.ts';
import type { BuildContext } from '../core/language.ts';
import { LineMap } from '../core/text/line-map.ts';
import type { Span } from '../core/text/span.ts';
import { nodeFiles, readText, toFileId } from '../hosts/node-files.ts';
import { loadWanted } from '../hosts/workspace.ts';
import { choice, choosableLanguages, readNow, readServerVersion } from './check-options.ts';
import { printable } from './printable.ts';
import { findSecrets, masked } from './redact.ts';
import { findSettings } from './settings.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';

export interface InspectWords {
  readonly json?: boolean;
  readonly language?: string;
  readonly now?: string;
  readonly natsServer?: string;
  readonly config?: string | boolean;
}

export async function inspect(file: string, words: InspectWords, terminal: Terminal): Promise<number> {
  const language = words.language === undefined ? undefined : choice('--language', words.language, choosableLanguages);
  const now = readNow(words.now);
  const { settings } = await findSettings(words.config ?? true, readServerVersion(words.natsServer), terminal);
  const path = resolve(terminal.cwd, file);
  const content = await readText(path);
  if (typeof content === 'string') throw new UsageError(`${file}: cannot be read as a text file`);
  const id = toFileId(path);
  const analyzer = new Analyzer(() => now, settings);
  analyzer.setFile({ id, text: content.text }, language);
  await loadWanted(analyzer, nodeFiles);
  const analysis = analyzer.analysis(id);
  const faults = analysis?.faults ?? [];
  for (const { rule } of faults) terminal.err(`authlint: internal fault: ${rule} broke on ${printable(file)}; please report it\n`);
  const read: BuildContext['read'] = wanted => {
    const text = analyzer.textOf(wanted);
    return text === undefined ? 'absent' : { id: wanted, text };
  };
  const { language: seenAs, ...seen } = describe(analysis?.layers ?? [], { settings, now, read, owner: analysis?.language });
  // Programs get the values as the server would hold them; people, and with them terminals and logs, get them without secrets.
  const text = JSON.stringify(
    { language: seenAs, ...(seenAs === 'jwt' ? (withRanges(seen, new LineMap(content.text)) as object) : seen) },
    null,
    2,
  );
  terminal.out(`${words.json ? text : printable(masked(text, findSecrets(text)))}\n`);
  return faults.length > 0 ? exitCodes.trouble : exitCodes.clean;
}

/** The owner's view where it has one, otherwise the tokens in the text. */
function describe(layers: readonly Layer[], context: BuildContext): { language: string } & Record<string, unknown> {
  const embedded = (layer: Layer) => embeddedLanguages.includes(layer.language);
  const owner = layers.find(layer => !embedded(layer) && layer.language.inspect);
  if (owner) return { language: owner.language.id, value: owner.language.inspect?.(owner.model, context) ?? null };
  const tokens = layers.find(layer => embedded(layer) && layer.language.inspect);
  return { language: 'jwt', tokens: [], ...(tokens?.language.inspect?.(tokens.model, context) as object | undefined) };
}

/** Offsets become ranges: outside of the core nobody counts offsets. */
function withRanges(value: unknown, lines: LineMap): unknown {
  if (Array.isArray(value)) return value.map(item => withRanges(item, lines));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => (key === 'span' ? ['range', lines.rangeOf(item as Span)] : [key, withRanges(item, lines)])),
  );
}
