// The configuration of nats-server as a language: how it is read, and which rules judge it.
import type { Language } from '../language.ts';
import { completeAt } from './completion.ts';
import { buildEdition } from './edition.ts';
import { effectiveConf } from './effective.ts';
import type { ConfFile } from './evaluate.ts';
import { foldsOf } from './folding.ts';
import { formatNatsConf, formatNatsConfLines } from './format.ts';
import { hintsIn } from './hints.ts';
import { hoverAt } from './hover.ts';
import { inAnyOrder } from './in-any-order.ts';
import { inClearText } from './in-clear-text.ts';
import { inspectValue } from './inspect.ts';
import { linksOf } from './links.ts';
import type { NatsConf } from './model.ts';
import { namesOf } from './names.ts';
import { patternHoverAt } from './pattern-hover.ts';
import { permissionLenses } from './permission-lenses.ts';
import { rules } from './rules/index.ts';
import { selectionsAt } from './selection.ts';
import { semanticTokensOf } from './semantic-tokens.ts';
import { symbolsOf } from './symbols.ts';

export const natsConf: Language<NatsConf> = {
  id: 'nats-conf',
  build: buildEdition,
  rules: rules.map(rule => inClearText(inAnyOrder(rule))),
  /** Rules over several files ask for users, permissions and what the servers of a cluster say about one another. */
  summarize: conf => conf,
  /** Included files are judged as parts of the file that includes them: alone they may make no sense. */
  parts: ({ evaluation }) => evaluation.files.slice(1).map(({ file }) => file.id),
  hover: (conf, offset, context) => patternHoverAt(conf, offset, context) ?? hoverAt(conf, offset, context),
  complete: completeAt,
  outline: conf => symbolsOf(mainFile(conf).parsed),
  folds: conf => foldsOf(mainFile(conf).file.text, mainFile(conf).parsed),
  selections: (conf, offset) => selectionsAt(mainFile(conf).file.text, mainFile(conf).parsed, offset),
  format: (conf, indent) => formatNatsConf(mainFile(conf).file.text, { indent, version: conf.version }),
  formatRange({ file, version, ...conf }, span, indent) {
    return formatNatsConfLines(mainFile(conf).file.text, span, { indent, version }).map(edit => ({ file, ...edit }));
  },
  effective: effectiveConf,
  names: namesOf,
  links: linksOf,
  semanticTokens: semanticTokensOf,
  hints: hintsIn,
  lenses: permissionLenses,
  inspect: ({ evaluation }) => inspectValue(evaluation.root),
};

/** The file that was asked about, without its includes. */
function mainFile({ evaluation }: Pick<NatsConf, 'evaluation'>): ConfFile {
  return evaluation.files[0] as ConfFile;
}
