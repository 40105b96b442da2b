// From the protocol's words to ours.
import type { Range } from 'vscode-languageserver';
import { parseServerVersion, type ServerVersion } from '../core/lint/settings.ts';
import type { LineMap } from '../core/text/line-map.ts';
import type { Span } from '../core/text/span.ts';

/** A range may end behind the text; the span then ends with it. */
export function toSpan(range: Range, lines: LineMap): Span {
  return { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
}

/** What a person decided in the editor, beside the workspace's `.authlint.yaml`. */
export interface EditorSettings {
  /** Overrides the version that the workspace names. */
  readonly natsServer: ServerVersion | undefined;
  readonly run: 'onType' | 'onSave';
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
  /** Whether the editor has our commands, which only our own client says. */
  readonly commands: boolean;
}

export const defaultEditorSettings: EditorSettings = {
  natsServer: undefined,
  run: 'onType',
  codeLens: true,
  inlayHints: true,
  commands: false,
};

/** Reads initialization options or the `authlint` section of the editor's settings; what is missing or odd stays as it was `before`. */
export function toEditorSettings(section: unknown, before: EditorSettings): EditorSettings {
  const given = (typeof section === 'object' && section !== null ? section : {}) as Record<string, unknown>;
  const { natsServer, run } = given;
  const flag = (name: 'codeLens' | 'inlayHints' | 'commands') => (typeof given[name] === 'boolean' ? given[name] : before[name]);
  return {
    natsServer: typeof natsServer === 'string' ? parseServerVersion(natsServer) : before.natsServer,
    run: run === 'onSave' || run === 'onType' ? run : before.run,
    codeLens: flag('codeLens'),
    inlayHints: flag('inlayHints'),
    commands: flag('commands'),
  };
}
