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
}

export const defaultEditorSettings: EditorSettings = { natsServer: undefined, run: 'onType' };

/** Reads initialization options or the `authlint` section of the editor's settings; what is missing or odd stays as it was `before`. */
export function toEditorSettings(section: unknown, before: EditorSettings): EditorSettings {
  const { natsServer, run } = (typeof section === 'object' && section !== null ? section : {}) as { natsServer?: unknown; run?: unknown };
  return {
    natsServer: typeof natsServer === 'string' ? parseServerVersion(natsServer) : before.natsServer,
    run: run === 'onSave' || run === 'onType' ? run : before.run,
  };
}
