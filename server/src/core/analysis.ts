// One file, from text to findings: pure and synchronous. The list of languages stands here.
import { authlintConfig } from './authlint-config/index.ts';
import { commandLine } from './command-line/index.ts';
import { compose } from './compose/index.ts';
import { creds } from './creds/index.ts';
import { detectLanguage } from './detect.ts';
import { dotenv } from './dotenv/index.ts';
import { jwt } from './jwt/index.ts';
import type { BuildContext, FileOnDisk, Language, LanguageId, SourceFile } from './language.ts';
import type { Finding } from './lint/finding.ts';
import { describeFault, type Fault, runRulesInSteps } from './lint/run-rules.ts';
import type { Settings } from './lint/settings.ts';
import { finish } from './lint/steps.ts';
import { natsConf } from './nats-conf/index.ts';
import { natsUsage } from './nats-usage/index.ts';
import { platformConfig } from './platform-config/index.ts';
import type { FileId } from './text/file-id.ts';

// biome-ignore lint/suspicious/noExplicitAny: a list of languages with different models
type AnyLanguage = Language<any>;

/** Languages that own a whole file. */
export const languages: readonly AnyLanguage[] = [natsConf, compose, dotenv, creds, platformConfig, authlintConfig];

/** Languages that live inside of any text, whatever owns the file; one may also own a file. */
const embeddedLanguages: readonly AnyLanguage[] = [jwt, creds, natsUsage, commandLine];

/** One language's view of one file. */
export interface Layer {
  readonly language: AnyLanguage;
  readonly model: unknown;
  readonly summary: unknown;
  readonly findings: readonly Finding[];
}

export interface Analysis {
  readonly file: SourceFile;
  /** Owner of the file, or `jwt`, `creds` or `command-line` for a text that only holds tokens, seeds or commands; undefined where nothing of ours is in it. */
  readonly language: LanguageId | undefined;
  readonly layers: readonly Layer[];
  readonly faults: readonly Fault[];
  /** Files that the owner's analysis judges as parts of this one. */
  readonly parts: readonly FileId[];
  /** Files that the owner takes in beside those. */
  readonly includes: readonly FileId[];
  /** Every file that was asked for, with what was known of it then. */
  readonly reads: ReadonlyMap<FileId, SourceFile | 'absent' | 'unknown'>;
  readonly recheckAt: number | undefined;
}

export interface AnalysisContext {
  readonly settings: Settings;
  readonly now: number;
  readonly read: BuildContext['read'];
  readonly onDisk?: FileOnDisk | undefined;
  /** Treat the file as this language whatever its name. */
  readonly language?: LanguageId;
}

export function analyze(file: SourceFile, context: AnalysisContext): Analysis {
  return finish(analyzeInSteps(file, context));
}

/** The same in steps: building a model is one, or several for some languages, and so is each rule. What is read must not change between them. */
export function* analyzeInSteps(file: SourceFile, context: AnalysisContext): Generator<void, Analysis> {
  const { settings, now } = context;
  const id = context.language ?? detectLanguage(file);
  const owner = languages.find(language => language.id === id);
  const reads = new Map<FileId, SourceFile | 'absent' | 'unknown'>();
  const build: BuildContext = {
    settings,
    now,
    owner: owner?.id,
    onDisk: context.onDisk,
    read(wanted) {
      const known = context.read(wanted);
      reads.set(wanted, known);
      return known;
    },
  };
  const layers: Layer[] = [];
  const faults: Fault[] = [];
  let parts: readonly FileId[] = [];
  let includes: readonly FileId[] = [];
  let recheckAt: number | undefined;
  for (const language of owner ? [owner, ...embeddedLanguages.filter(one => one !== owner)] : embeddedLanguages) {
    // A model that cannot be built is our fault, never the file's: named and reported, the rest of the analysis goes on.
    try {
      const model = language.buildInSteps ? yield* language.buildInSteps(file, build) : language.build(file, build);
      const summary = language.summarize?.(model);
      if (language === owner) {
        parts = language.parts?.(model) ?? [];
        includes = language.includes?.(model) ?? [];
      }
      yield;
      // Most texts hold nothing of most languages, and rules have nothing to say about nothing.
      const rules = language.isEmpty?.(model) ? [] : language.rules;
      const run = yield* runRulesInSteps(model, rules, { file: file.id, settings, now });
      faults.push(...run.faults);
      if (run.recheckAt !== undefined) recheckAt = Math.min(recheckAt ?? Number.POSITIVE_INFINITY, run.recheckAt);
      layers.push({ language, model, summary, findings: run.findings });
    } catch (error) {
      faults.push({ rule: `${language.id}/build`, file: file.id, message: describeFault(error) });
    }
  }
  const held = [jwt, creds, commandLine].find(({ id }) =>
    layers.some(({ language, model }) => language.id === id && language.isEmpty?.(model) === false),
  );
  return { file, language: owner?.id ?? held?.id, layers, faults, parts, includes, reads, recheckAt };
}
