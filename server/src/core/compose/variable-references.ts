// Every `${VARIABLE}` of a Compose file, used or not: also those in a default that is not needed now.
import { interpolate } from '../environment/interpolate.ts';
import type { Span } from '../text/span.ts';
import { type ComposeFile, spanWithin } from './model.ts';
import { fieldOf, type Node, partsOf, type Scalar, scalarsOf } from './yaml-tree.ts';

export interface VariableReference {
  readonly name: string;
  /** The name alone. */
  readonly span: Span;
}

/** A reference in a template, as an offset into it. */
export interface TemplateReference {
  readonly name: string;
  readonly start: number;
}

/** The variables of a template and of the defaults in it. */
export function referencesIn(template: string): readonly TemplateReference[] {
  if (!template.includes('$')) return [];
  const found = new Map<number, TemplateReference>();
  const collect = (text: string, offset: number): void => {
    for (const { name, nameSpan, operand } of interpolate(text, () => undefined).uses) {
      found.set(offset + nameSpan.start, { name, start: offset + nameSpan.start });
      if (operand) collect(text.slice(operand.start, operand.end), offset + operand.start);
    }
  };
  collect(template, 0);
  return [...found.values()].sort((a, b) => a.start - b.start);
}

const known = new WeakMap<Node, readonly VariableReference[]>();

/** References of a file. Those in text that quotes or folds have moved are left out: their place cannot be told. */
export function variableReferences(file: ComposeFile): readonly VariableReference[] {
  return file.documents.flatMap(({ root }) => partsOf(root).flatMap(referencesOfPart));
}

function referencesOfPart(part: Node): readonly VariableReference[] {
  let references = known.get(part);
  if (!references) {
    references = [...scalarsOf(part)].flatMap(referencesOfScalar);
    known.set(part, references);
  }
  return references;
}

function referencesOfScalar(scalar: Scalar): readonly VariableReference[] {
  if (scalar.type !== 'string' || !scalar.textSpan) return [];
  return referencesIn(scalar.text).map(({ name, start }) => ({
    name,
    span: spanWithin(scalar, { start, end: start + name.length }),
  }));
}

/** A variable of a container that takes the value of the project's variable of that name: `- NAME` or `NAME:`. */
export interface PassedVariable extends VariableReference {
  /** What gives it a value: an edit's span, with the text that stands before and behind the value. */
  readonly assignment: { readonly span: Span; readonly before: string };
}

/** Variables without a value in the `environment` of services, as they stand in the file itself. */
export function passedVariables(file: ComposeFile): readonly PassedVariable[] {
  return file.documents.flatMap(({ services }) =>
    [...services.values()].flatMap(service => passedIn(fieldOf(service.value, 'environment')?.value, file.text)),
  );
}

function passedIn(environment: Node | undefined, text: string): readonly PassedVariable[] {
  if (environment?.kind === 'sequence') {
    return environment.items.flatMap(({ value, alias }) => {
      const span = value.kind === 'scalar' ? value.textSpan : undefined;
      if (value.kind !== 'scalar' || alias || !span || !/^[_a-z]\w*$/i.test(value.text)) return [];
      return [{ name: value.text, span, assignment: { span: { start: span.end, end: span.end }, before: '=' } }];
    });
  }
  if (environment?.kind !== 'mapping') return [];
  return environment.entries.flatMap(({ key, keySpan, value, alias }) => {
    if (value.kind !== 'scalar' || value.type !== 'null' || alias || text.slice(keySpan.start, keySpan.end) !== key) return [];
    const separator = /^[ \t]*:[ \t]*(?:null|~)?/i.exec(text.slice(keySpan.end, keySpan.end + 40))?.[0];
    if (separator === undefined) return [];
    return [{ name: key, span: keySpan, assignment: { span: { start: keySpan.end, end: keySpan.end + separator.length }, before: ': ' } }];
  });
}
