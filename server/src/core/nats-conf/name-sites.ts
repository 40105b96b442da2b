// The places where a name is written, and how another is written there: quotes are kept where there are some, and come where the name needs them.
import type { Edit } from '../text/edit.ts';
import type { FileId } from '../text/file-id.ts';
import type { Place } from '../text/place.ts';
import { asValue, isBareKey, quoted } from './source-edits.ts';
import type { KeyValue, StringNode, VariableNode } from './tree.ts';
import type { EvaluatedString } from './values.ts';

export interface NameSite {
  /** The name alone, without quotes or `$`. */
  readonly place: Place;
  /** Undefined where the name cannot be written there. */
  write(name: string): Edit | undefined;
}

/** A name that is a key. Keys have no escapes, so not every name can be one. */
export function keySite(file: FileId, node: KeyValue): NameSite {
  const { keySpan, keyQuote, span } = node;
  return {
    place: { file, span: keySpan },
    write(name) {
      const marks = (keyQuote === 'single' ? ["'", '"'] : ['"', "'"]).filter(mark => !name.includes(mark));
      if (keyQuote === 'none' && isBareKey(name)) return { file, span: keySpan, newText: name };
      const whole = keyQuote === 'none' ? keySpan : { start: span.start, end: keySpan.end + 1 };
      return marks[0] === undefined ? undefined : { file, span: whole, newText: `${marks[0]}${name}${marks[0]}` };
    },
  };
}

/** A name that is a value, or stands where the variable behind a value gets it. */
export function stringSite({ origin, node }: EvaluatedString): NameSite {
  const { file } = origin;
  return {
    place: { file, span: node.contentSpan },
    write: name => ({ file, ...replacement(node, name) }),
  };
}

function replacement({ quote, span, contentSpan }: StringNode, name: string): Omit<Edit, 'file'> {
  if (quote === 'double') return { span, newText: quoted(name) };
  if (quote === 'single' && !name.includes("'")) return { span: contentSpan, newText: name };
  return { span, newText: asValue(name) };
}

/** `$NAME`. */
export function referenceSite(file: FileId, { nameSpan }: VariableNode): NameSite {
  return { place: { file, span: nameSpan }, write: name => ({ file, span: nameSpan, newText: name }) };
}
