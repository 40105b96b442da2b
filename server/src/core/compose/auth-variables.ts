// The variables of a service that have to do with authentication, with what they mean.
import { fileMeaningOf, meaningOf, opensDoor, switchOf, type VariableMeaning } from '../environment/meaning.ts';
import type { Meaning, SwitchFact } from '../facts/compose-dialects.ts';
import type { KeyFile } from '../jwt/key-text.ts';
import type { Settings } from '../lint/settings.ts';
import { none } from '../text/nothing.ts';
import type { Place } from '../text/place.ts';
import type { Service } from './project.ts';
import type { EnvironmentEntry } from './service.ts';

export interface AuthVariable {
  readonly entry: EnvironmentEntry;
  readonly meaning: VariableMeaning;
}

/** A variable that names a file of keys. */
export interface KeyFileVariable extends AuthVariable {
  readonly keyFile: KeyFile;
}

export interface AuthSwitch {
  readonly entry: EnvironmentEntry;
  readonly fact: SwitchFact;
  /** Whether its value lets anyone in. */
  readonly open: boolean;
}

export interface ServiceAuth {
  readonly variables: readonly AuthVariable[];
  readonly switches: readonly AuthSwitch[];
  readonly keyFiles: readonly KeyFileVariable[];
  readonly byMeaning: ReadonlyMap<Meaning, readonly AuthVariable[]>;
}

const known = new WeakMap<Service, { settings: Settings; auth: ServiceAuth }>();

/** Computed once for each service and settings. */
export function authOf(service: Service, settings: Settings): ServiceAuth {
  const before = known.get(service);
  if (before?.settings === settings) return before.auth;
  const variables: AuthVariable[] = [];
  const switches: AuthSwitch[] = [];
  const image = service.definition.texts.get('image')?.text;
  for (const entry of service.environment.values()) {
    const meaning = meaningOf(entry.name, settings, image);
    if (meaning) variables.push({ entry, meaning });
    const fact = switchOf(entry.name, settings);
    if (fact) switches.push({ entry, fact, open: entry.value !== undefined && !entry.guess && opensDoor(fact, entry.value) });
  }
  const byMeaning = new Map<Meaning, AuthVariable[]>();
  for (const variable of variables) {
    const same = byMeaning.get(variable.meaning.meaning);
    if (same) same.push(variable);
    else byMeaning.set(variable.meaning.meaning, [variable]);
  }
  const keyFiles = [...service.keyFiles].flatMap(([name, keyFile]) => {
    const [entry, meaning] = [service.environment.get(name), fileMeaningOf(name, image)];
    return entry && meaning ? [{ entry, meaning, keyFile }] : [];
  });
  const auth = { variables, switches, keyFiles, byMeaning };
  known.set(service, { settings, auth });
  return auth;
}

/** Variables of some meanings, in the order of the service. */
export function withMeaning(auth: ServiceAuth, ...meanings: readonly Meaning[]): readonly AuthVariable[] {
  if (meanings.length === 1) return auth.byMeaning.get(meanings[0] as Meaning) ?? none;
  return auth.variables.filter(({ meaning }) => meanings.includes(meaning.meaning));
}

/** How sure it is that a variable has a value when the container runs. */
export function presence(entry: EnvironmentEntry): 'set' | 'expected' | 'empty' {
  if (!entry.guess) return entry.value === undefined || entry.value === '' ? 'empty' : 'set';
  return 'expected';
}

/** Where the text of a value is written: in the entry, in the default that it falls back to, or in the `.env` that sets its variable. */
export interface Source {
  readonly place: Place;
  readonly how: 'literal' | 'default' | 'variable';
  /** The text there, without quotes; undefined where it is put together from several parts. */
  readonly text: string | undefined;
  /** The variable whose value or default it is. */
  readonly variable: string | undefined;
}

const sources = new WeakMap<EnvironmentEntry, Source>();

/** Where a person would change the value. */
export function sourceOf(entry: EnvironmentEntry): Source {
  let source = sources.get(entry);
  if (!source) {
    source = findSource(entry);
    sources.set(entry, source);
  }
  return source;
}

function findSource(entry: EnvironmentEntry): Source {
  const only = entry.uses.length === 1 ? entry.uses[0] : undefined;
  const wholly = only !== undefined && (entry.template === undefined || isSingleReference(entry.template));
  const definition = wholly ? only.definition : undefined;
  if (wholly && only.gave === 'operand' && only.operand) {
    return { place: { file: only.file, span: only.operand }, how: 'default', text: entry.value, variable: only.name };
  }
  if (definition?.place && only?.gave === 'value') {
    const { file, statement } = definition.place;
    return { place: { file, span: statement.valueSpan }, how: 'variable', text: definition.value, variable: only.name };
  }
  const literal = entry.uses.length === 0;
  return {
    place: { file: entry.file, span: entry.valueSpan },
    how: 'literal',
    text: literal ? entry.value : undefined,
    variable: undefined,
  };
}

/** Whether a template is `$NAME` or `${NAME…}` and nothing else. */
export function isSingleReference(template: string): boolean {
  if (/^\$[_a-z][_a-z0-9]*$/i.test(template)) return true;
  if (!/^\$\{[_a-z][_a-z0-9]*(?::?[-+?].*)?\}$/is.test(template)) return false;
  let open = 0;
  for (let i = 0; i < template.length; i++) {
    if (template[i] === '{') open++;
    else if (template[i] === '}' && --open === 0) return i === template.length - 1;
  }
  return false;
}
