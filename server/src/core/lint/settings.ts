// What a person may decide about the analysis, ready to use by rules. `config.ts` reads it from `.authlint.yaml`.
import type { FileId } from '../text/file-id.ts';
import type { RuleId, Severity } from './finding.ts';

/** `[2, 14, 5]`. A version given as X.Y stands for its newest patch. */
export type ServerVersion = readonly [major: number, minor: number, patch: number];

/** A variable name that a team uses beside the built-in dialects, as in `environment:` of `.authlint.yaml`. */
export interface EnvironmentName {
  readonly name: string;
  readonly meaning: string;
}

export interface Settings {
  /** Folder that was opened: what lies above it says nothing about a file. Undefined: the whole path counts. */
  readonly root?: FileId;
  /** Version of nats-server that options and rules are judged against. */
  readonly natsServer: ServerVersion;
  readonly severities: ReadonlyMap<RuleId, Severity | 'off'>;
  readonly environment: readonly EnvironmentName[];
  /** Whether a pattern of `production:` names this file. */
  isProduction(file: FileId): boolean;
  /** Whether a pattern of `exclude:` names this file. */
  isExcluded(file: FileId): boolean;
}

/** Newest patch of each stable line of nats-server that Authlint knows. */
export const natsServerLines: readonly ServerVersion[] = [
  [2, 9, 25],
  [2, 10, 29],
  [2, 11, 17],
  [2, 12, 15],
  [2, 14, 9],
  [2, 15, 2],
];

export const newestNatsServer = natsServerLines[natsServerLines.length - 1] as ServerVersion;

/** Reads `2.14`, `2.14.5` or `v2.14`; undefined for anything else. `2.14` is the newest patch known of that line. */
export function parseServerVersion(text: string): ServerVersion | undefined {
  const match = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?$/.exec(text.trim());
  if (!match) return undefined;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  if (match[3] !== undefined) return [major, minor, Number(match[3])];
  return natsServerLines.find(line => line[0] === major && line[1] === minor) ?? [major, minor, Number.MAX_SAFE_INTEGER];
}

/** Whether `version` is `least` or newer. */
export function atLeast(version: ServerVersion, least: readonly [number, number, number?]): boolean {
  return (version[0] - least[0] || version[1] - least[1] || version[2] - (least[2] ?? 0)) >= 0;
}

/** Everything at its default: newest server, no overrides. */
export const defaultSettings: Settings = {
  natsServer: newestNatsServer,
  severities: new Map(),
  environment: [],
  isProduction: () => false,
  isExcluded: () => false,
};
