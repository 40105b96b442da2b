// Reads `.authlint.yaml`. A mistake in it is data: it becomes a finding in that file and the rest of it still counts.
import { isMap, isScalar, isSeq, type Pair, parseDocument } from 'yaml';
import { directoryOf, type FileId, pathWithin } from '../text/file-id.ts';
import type { Span } from '../text/span.ts';
import { describeYamlError } from '../text/yaml-error.ts';
import { type RuleId, type Severity, severities } from './finding.ts';
import { nearest } from './nearest.ts';
import { defaultSettings, type EnvironmentName, parseServerVersion, type ServerVersion, type Settings } from './settings.ts';

export interface NamedSpan {
  readonly name: string;
  readonly span: Span;
}

export interface ConfigProblem {
  readonly span: Span;
  readonly message: string;
  /** Text that would be right in place of the span, where it can be known. */
  readonly instead?: string;
}

export interface Config {
  readonly severities: ReadonlyMap<RuleId, Severity | 'off'>;
  /** Every rule named under `rules:`, known or not. */
  readonly ruleNames: readonly NamedSpan[];
  readonly natsServer: ServerVersion | undefined;
  readonly production: readonly string[];
  readonly environment: readonly EnvironmentName[];
  readonly exclude: readonly string[];
  readonly problems: readonly ConfigProblem[];
}

/** Names under which a team may list its own environment variables. */
export const environmentMeanings = [
  'jwt-secret',
  'jwks-uri',
  'issuer',
  'audience',
  'algorithm',
  'public-key',
  'private-key',
  'token',
  'development-bypass',
  'client-secret',
] as const;

const levels: readonly string[] = ['off', ...severities];
const topKeys = ['rules', 'natsServer', 'production', 'environment', 'exclude'];

export function parseConfig(text: string): Config {
  const problems: ConfigProblem[] = [];
  const severityOf = new Map<RuleId, Severity | 'off'>();
  const ruleNames: NamedSpan[] = [];
  const environment: EnvironmentName[] = [];
  let natsServer: ServerVersion | undefined;
  let production: readonly string[] = [];
  let exclude: readonly string[] = [];

  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: true });
  for (const error of document.errors) {
    problems.push({ span: { start: error.pos[0], end: error.pos[1] }, message: `${describeYamlError(error)}, so this is no valid YAML.` });
  }

  const strings = (key: string, value: unknown): string[] => {
    if (isSeq(value)) {
      const items = value.items.filter(item => isScalar(item) && typeof item.value === 'string');
      if (items.length === value.items.length) return items.map(item => (item as { value: string }).value);
    }
    problems.push({ span: spanOf(value), message: `\`${key}\` takes a list of path patterns, for instance ["deploy/**"].` });
    return [];
  };

  const readRules = (value: unknown): void => {
    if (!isMap(value)) return void problems.push({ span: spanOf(value), message: '`rules` takes a map from rule names to severities.' });
    for (const pair of value.items) {
      const name = keyOf(pair);
      ruleNames.push(name);
      const level = isScalar(pair.value) ? normalLevel(pair.value.value) : undefined;
      if (level !== undefined) severityOf.set(name.name, level);
      else problems.push(levelProblem(pair));
    }
  };

  const readEnvironment = (value: unknown): void => {
    if (!isSeq(value)) return void problems.push({ span: spanOf(value), message: '`environment` takes a list of { name, meaning }.' });
    for (const item of value.items) {
      const name = isMap(item) ? item.get('name') : undefined;
      const meaning = isMap(item) ? item.get('meaning') : undefined;
      if (typeof name !== 'string' || typeof meaning !== 'string') {
        problems.push({ span: spanOf(item), message: 'An entry of `environment` needs `name` and `meaning`.' });
      } else if (!(environmentMeanings as readonly string[]).includes(meaning)) {
        problems.push(
          unknownValue(
            spanOf((item as unknown as { get(k: string, keep: true): unknown }).get('meaning', true)),
            'meaning',
            meaning,
            environmentMeanings,
          ),
        );
      } else environment.push({ name, meaning });
    }
  };

  const root = document.contents;
  if (isMap(root)) {
    for (const pair of root.items) {
      const key = keyOf(pair);
      if (key.name === 'rules') readRules(pair.value);
      else if (key.name === 'natsServer') {
        natsServer = isScalar(pair.value) ? parseServerVersion(sourceOf(text, pair.value)) : undefined;
        if (!natsServer) problems.push({ span: spanOf(pair.value), message: '`natsServer` takes a version such as "2.14" or "2.14.5".' });
      } else if (key.name === 'production') production = strings('production', pair.value);
      else if (key.name === 'exclude') exclude = strings('exclude', pair.value);
      else if (key.name === 'environment') readEnvironment(pair.value);
      else problems.push(unknownValue(key.span, 'key', key.name, topKeys));
    }
  } else if (root !== null && document.errors.length === 0) {
    problems.push({ span: spanOf(root), message: `This file takes a map with ${topKeys.map(k => `\`${k}\``).join(', ')}.` });
  }
  return { severities: severityOf, ruleNames, natsServer, production, environment, exclude, problems };
}

/** Unquoted 2.10 is the number 2.1 to YAML; what was written is what counts. */
function sourceOf(text: string, node: unknown): string {
  const { start, end } = spanOf(node);
  return text.slice(start, end).replace(/^(['"])(.*)\1$/s, '$2');
}

/** YAML 1.2 reads `off` as a string, a person who writes `false` means the same. */
function normalLevel(value: unknown): Severity | 'off' | undefined {
  if (value === false) return 'off';
  return typeof value === 'string' && levels.includes(value) ? (value as Severity | 'off') : undefined;
}

function levelProblem(pair: Pair): ConfigProblem {
  const value = isScalar(pair.value) ? String(pair.value.value) : '';
  const aliases: Record<string, string> = { info: 'information', warn: 'warning', none: 'off' };
  const problem = unknownValue(pair.value ? spanOf(pair.value) : keyOf(pair).span, 'severity', value, levels);
  const alias = aliases[value];
  if (!alias) return problem;
  return { ...problem, message: `\`${value}\` is no severity here, so it has no effect. Did you mean \`${alias}\`?`, instead: alias };
}

function unknownValue(span: Span, what: string, value: string, known: readonly string[]): ConfigProblem {
  const near = nearest(value, known);
  const list = known.map(k => `\`${k}\``).join(', ');
  return {
    span,
    message: `\`${value}\` is no ${what} here, so it has no effect. ${near ? `Did you mean \`${near}\`?` : `Known are ${list}.`}`,
    ...(near ? { instead: near } : {}),
  };
}

function keyOf(pair: Pair): NamedSpan {
  return { name: isScalar(pair.key) ? String(pair.key.value) : '', span: spanOf(pair.key) };
}

function spanOf(node: unknown): Span {
  const range = (node as { range?: [number, number, number] | null } | null | undefined)?.range;
  return range ? { start: range[0], end: Math.max(range[1], range[0]) } : { start: 0, end: 0 };
}

/** How a shell matches a path pattern: `picomatch` semantics, `path` with `/` separators and relative to the configuration's folder. */
export type MatchPattern = (pattern: string, path: string) => boolean;

/** Turns a configuration into settings for files below the folder of `configFile`. */
export function toSettings(config: Config, configFile: FileId, match: MatchPattern): Settings {
  const root = directoryOf(configFile);
  const matcher = (patterns: readonly string[]) => (file: FileId) => {
    if (patterns.length === 0) return false;
    const path = pathWithin(root, file);
    return path !== undefined && patterns.some(pattern => match(pattern, path));
  };
  return {
    root,
    natsServer: config.natsServer ?? defaultSettings.natsServer,
    severities: config.severities,
    environment: config.environment,
    isProduction: matcher(config.production),
    isExcluded: matcher(config.exclude),
  };
}
