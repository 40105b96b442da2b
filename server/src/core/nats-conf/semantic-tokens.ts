// The meaning of each word of a configuration, for editors that colour by meaning: options that exist, blocks, variables, numbers with units.
import { type BlockFact, findOption, sinceOf } from '../facts/nats-options.ts';
import { isAvailable, type Release } from '../facts/nats-release.ts';
import type { BuildContext, SemanticToken } from '../language.ts';
import { readNkey } from '../nats-auth/nkey.ts';
import { type Anchor, spanBehind } from '../text/moving-span.ts';
import { type Span, span } from '../text/span.ts';
import { lineEnd } from './characters.ts';
import { parseDuration } from './duration.ts';
import type { NatsConf } from './model.ts';
import { type Level, listLevel, mapLevel, type Slot, slotIn } from './slots.ts';
import { type Standpoint, standpointOf } from './standpoint.ts';
import { isBcryptHash } from './strings.ts';
import type { Entry, KeyValue, MapNode, StringNode, ValueNode } from './tree.ts';

/** Tokens in the order of the text, each on one line. A broken text has those of what could be read. */
export function semanticTokensOf(own: NatsConf, context: BuildContext, within?: Span): readonly SemanticToken[] {
  return new Painter(standpointOf(own, context), within).run();
}

type Type = SemanticToken['type'];
type Modifier = SemanticToken['modifiers'][number];
const deprecated: Modifier = 'deprecated';
const readonly: Modifier = 'readonly';

/** Words of a part, which mean the same as long as the part is the same: no variable has to do with it. */
interface Painted {
  readonly fact: BlockFact;
  readonly version: Release;
  /** Their places move with the part. */
  readonly tokens: readonly SemanticToken[];
}

const known = new WeakMap<MapNode, Painted>();

class Painter {
  #tokens: SemanticToken[] = [];
  /** Of the part that is being painted. */
  #anchor: Anchor | undefined;
  readonly #text: string;
  readonly #here: Standpoint;
  /** Keys that a variable of the configuration refers to. */
  readonly #defining = new Set<KeyValue>();
  /** References that nothing defines here: they come from the environment. */
  readonly #outside = new Set<ValueNode>();

  /** What is painted; the whole text where it is undefined. */
  readonly #within: Span | undefined;

  constructor(here: Standpoint, within: Span | undefined) {
    this.#here = here;
    this.#within = within;
    this.#text = here.file.file.text;
    for (const { node, outcome } of here.whole.evaluation.variables) {
      if (outcome.kind === 'resolved') this.#defining.add(outcome.entry.node);
      else if (outcome.kind === 'environment') this.#outside.add(node);
    }
  }

  run(): readonly SemanticToken[] {
    const { parsed } = this.#here.file;
    for (const comment of parsed.comments) if (this.#isWanted(comment)) this.#add(comment, 'comment');
    this.#entries(parsed.tree.statements, this.#here.level);
    return isInOrder(this.#tokens) ? this.#tokens : withoutOverlaps(this.#tokens.sort((a, b) => a.span.start - b.span.start));
  }

  /** A text over several lines is a token on each of them. */
  #add({ start, end }: Span, type: Type, ...modifiers: Modifier[]): void {
    const before = this.#anchor?.offset ?? 0;
    for (let from = start; from < end; ) {
      const to = Math.min(lineEnd(this.#text, from), end);
      if (to > from) this.#tokens.push({ span: spanBehind(this.#anchor, from - before, to - before), type, modifiers });
      from = to + 1;
    }
  }

  #isWanted(node: Span): boolean {
    return this.#within === undefined || (node.start <= this.#within.end && this.#within.start <= node.end);
  }

  #block(node: MapNode, level: Level | undefined): void {
    const { part, statements: entries } = node;
    if (!part?.value || this.#within || level?.kind !== 'block') {
      this.#entries(entries, level);
      return;
    }
    const { fact } = level;
    const { version } = this.#here.whole;
    let painted = known.get(node);
    if (painted?.fact !== fact || painted.version !== version) {
      const [tokens, anchor] = [this.#tokens, this.#anchor];
      this.#tokens = [];
      this.#anchor = part.anchor;
      this.#entries(entries, level);
      painted = { fact, version, tokens: this.#tokens };
      known.set(node, painted);
      this.#tokens = tokens;
      this.#anchor = anchor;
    }
    for (const token of painted.tokens) this.#tokens.push(token);
  }

  #entries(entries: readonly Entry[], level: Level | undefined): void {
    for (const entry of entries) {
      if (!this.#isWanted(entry.span)) continue;
      if (entry.kind === 'include') {
        this.#add(entry.keywordSpan, 'keyword');
        this.#add(entry.pathSpan, 'string');
      } else if (!entry.garbled) {
        this.#key(entry, level);
        this.#value(entry.value, slotIn(level, entry.key, this.#here.whole.version));
      }
    }
  }

  #key(pair: KeyValue, level: Level | undefined): void {
    const option = level?.kind === 'block' ? findOption(level.fact, pair.key) : undefined;
    const opens = pair.value.kind === 'map';
    const isKnown = option && isAvailable(this.#here.whole.version, sinceOf(option, pair.key));
    if (isKnown) this.#add(pair.keySpan, opens ? 'class' : 'property', 'defaultLibrary', ...(option.deprecated ? [deprecated] : []));
    else if (this.#defining.has(pair)) this.#add(pair.keySpan, 'variable', 'declaration');
    else if (level?.kind === 'names' && level.keys === 'subject') this.#subject(pair.keySpan);
    else if (level?.kind === 'names') this.#add(pair.keySpan, opens ? 'class' : 'property', 'declaration');
    else this.#add(pair.keySpan, 'property');
  }

  #value(node: ValueNode, slot: Slot | undefined): void {
    const { version } = this.#here.whole;
    if (node.kind === 'map') this.#block(node, mapLevel(slot, version));
    else if (node.kind === 'array') {
      const items = slotIn(listLevel(slot, version), '', version);
      for (const item of node.items) if (this.#isWanted(item.span)) this.#value(item, items);
    } else if (node.kind === 'string') this.#string(node, slot);
    else if (node.kind === 'integer') {
      this.#add({ ...node.span, end: node.suffix?.span.start ?? node.span.end }, 'number');
      if (node.suffix) this.#add(node.suffix.span, 'keyword', 'defaultLibrary');
    } else if (node.kind === 'float' || node.kind === 'datetime') this.#add(node.span, 'number');
    else if (node.kind === 'boolean') this.#add(node.span, 'keyword', 'readonly');
    else if (node.kind === 'variable') this.#add(node.span, 'variable', ...(this.#outside.has(node) ? [readonly] : []));
  }

  #string(node: StringNode, slot: Slot | undefined): void {
    const { value, contentSpan } = node;
    const key = readNkey(value);
    const takesTime = slot?.forms.some(({ kind }) => kind === 'duration') ?? false;
    if (key?.kind === 'public') this.#add(contentSpan, 'class', 'readonly');
    else if (key || isBcryptHash(value)) this.#add(contentSpan, 'regexp');
    else if (slot?.option.format === 'subject' && !node.escaped) this.#subject(contentSpan);
    else if (takesTime && parseDuration(value) !== undefined) this.#add(contentSpan, 'number');
    else this.#add(node.span, 'string');
  }

  /** The wildcards of a subject stand out. */
  #subject({ start, end }: Span): void {
    let from = start;
    for (const { index } of this.#text.slice(start, end).matchAll(/(?<=^|[.\s])[*>](?=[.\s]|$)/g)) {
      this.#add(span(from, start + index), 'string');
      this.#add(span(start + index, start + index + 1), 'operator');
      from = start + index + 1;
    }
    this.#add(span(from, end), 'string');
  }
}

/** Whether each begins where the one before ends, or behind it: that is so unless there are comments, or the text is broken. */
function isInOrder(tokens: readonly SemanticToken[]): boolean {
  let end = 0;
  for (const { span: own } of tokens) {
    if (own.start < end) return false;
    end = own.end;
  }
  return true;
}

/** In a broken text a guess may lie over a comment: the first one counts, since editors take no token within another. */
function withoutOverlaps(tokens: readonly SemanticToken[]): readonly SemanticToken[] {
  let end = 0;
  return tokens.filter(({ span: own }) => {
    if (own.start < end) return false;
    end = own.end;
    return true;
  });
}
