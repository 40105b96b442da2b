// From where a file is to be understood. A part of a configuration has no meaning of its own: what its keys are, and which accounts there
// are, is decided by the configuration that includes it.
import type { BuildContext } from '../language.ts';
import type { FileId } from '../text/file-id.ts';
import { touches } from '../text/span.ts';
import type { ConfFile } from './evaluate.ts';
import type { NatsConf } from './model.ts';
import { type Level, listLevel, mapLevel, slotIn, topLevel } from './slots.ts';
import type { ValueNode } from './tree.ts';

export interface Standpoint {
  /** The file read by itself: includes and variables work in it as they do in the whole, which it sees nothing of. */
  readonly own: NatsConf;
  /** The configuration with all its files; the file's own where nothing includes it. */
  readonly whole: NatsConf;
  /** The file that is asked about, as `whole` has read it. */
  readonly file: ConfFile;
  /** What the keys outside of all brackets of the file are; undefined where nobody knows. */
  readonly level: Level | undefined;
}

export function standpointOf(conf: NatsConf, { includers }: Pick<BuildContext, 'includers'>): Standpoint {
  const own = conf.evaluation.files[0] as ConfFile;
  for (const whole of (includers ?? []) as readonly NatsConf[]) {
    const file = whole.evaluation.files.find(one => one.file.id === conf.file);
    // Another text means that the includer has not been looked at again yet.
    if (file?.file.text === own.file.text) return { own: conf, whole, file, level: levelOfFile(whole, conf.file) };
  }
  return { own: conf, whole: conf, file: own, level: topLevel };
}

const known = new WeakMap<NatsConf, Map<FileId, Level | undefined>>();

/** What the keys of a file are, from where it is included first. */
function levelOfFile(whole: NatsConf, file: FileId): Level | undefined {
  if (file === whole.file) return topLevel;
  let levels = known.get(whole);
  if (!levels) {
    levels = new Map();
    known.set(whole, levels);
  }
  if (levels.has(file)) return levels.get(file);
  // For files that include each other in a circle.
  levels.set(file, undefined);
  const use = whole.evaluation.includes.find(({ target, outcome }) => target === file && outcome === 'included');
  const includer = use && whole.evaluation.files.find(one => one.file.id === use.file);
  if (use && includer) {
    levels.set(file, levelWithin(includer.parsed.tree, levelOfFile(whole, use.file), use.node.span.start, whole));
  }
  return levels.get(file);
}

/** The level of the innermost map around an offset; `level` is what stands directly in `node`. */
function levelWithin(node: ValueNode, level: Level | undefined, offset: number, conf: NatsConf): Level | undefined {
  const { version } = conf;
  if (node.kind === 'array') {
    const item = node.items.find(({ span }) => touches(span, offset));
    return item ? levelWithin(item, mapLevel(slotIn(level, '', version), version), offset, conf) : level;
  }
  if (node.kind !== 'map') return level;
  for (const entry of node.statements) {
    if (entry.kind !== 'pair' || !touches(entry.value.span, offset)) continue;
    const { value } = entry;
    const slot = slotIn(level, entry.key, version);
    if (value.kind === 'map') return levelWithin(value, mapLevel(slot, version), offset, conf);
    if (value.kind === 'array') return levelWithin(value, listLevel(slot, version), offset, conf);
  }
  return level;
}
