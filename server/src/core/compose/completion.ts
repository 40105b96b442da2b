// What may be written where the caret stands in a Compose file: authentication variables, their values, and variables of `.env`. Keys of
// Compose itself are other extensions' business.
import { meaningOf, secretMeanings } from '../environment/meaning.ts';
import { proposeNames, proposeValues, type ValueCircumstances } from '../environment/proposals.ts';
import type { Completion, CompletionContext } from '../language.ts';
import { nameOf } from '../text/file-id.ts';
import { remember } from '../text/remember.ts';
import { withoutUrlCredentials } from '../text/url-credentials.ts';
import { caretAt, type EnvironmentCaret, type ReferenceCaret } from './caret.ts';
import { productsOf } from './image.ts';
import { projectsAround } from './includers.ts';
import type { ComposeModel } from './index.ts';
import type { Project, Service } from './project.ts';

/** Best first. */
export function completeAt(model: ComposeModel, offset: number, context: CompletionContext<ComposeModel>): readonly Completion[] {
  const { settings } = context;
  const caret = caretAt(model.file.text, offset);
  const project = projectsAround(model, context)[0]?.project;
  if (!caret || !project) return [];
  if (caret.at === 'reference') return references(caret, project);
  const service = caret.service === undefined ? undefined : project.services.get(caret.service);
  return caret.at === 'name' ? names(caret, service, settings) : values(caret, service, project, settings);
}

function references({ word, nameOnly }: ReferenceCaret, { definitions }: Project): readonly Completion[] {
  return [...definitions.values()].map(({ name, place }) => ({
    label: nameOnly ? name : `\${${name}}`,
    kind: 'variable' as const,
    detail: place ? `set in ${nameOf(place.file)}` : 'set by Compose',
    span: word,
    insertText: nameOnly ? name : `\${${name}}`,
  }));
}

type Settings = CompletionContext['settings'];

function names(caret: EnvironmentCaret, service: Service | undefined, settings: Settings): readonly Completion[] {
  const set = new Set(service?.environment.keys() ?? []);
  // The name that is being written does not stand in its own way.
  set.delete(caret.name);
  const products = service ? new Set([...productsOf(service), ...productsOfNames(set, settings)]) : [];
  const separator = caret.form === 'list' ? '=' : caret.quoted ? '' : ': ';
  return proposeNames(products, name => set.has(name), settings).map(({ name, detail, documentation }) => ({
    ...{ label: name, kind: 'variable' as const, detail, documentation, span: caret.word },
    insertText: caret.separated ? name : caret.flow?.json && !caret.quoted && caret.form === 'map' ? `"${name}": ` : `${name}${separator}`,
  }));
}

function productsOfNames(names: Iterable<string>, settings: Settings): readonly string[] {
  return [...names].flatMap(name => meaningOf(name, settings)?.product ?? []);
}

function values(caret: EnvironmentCaret, service: Service | undefined, project: Project, settings: Settings): readonly Completion[] {
  const image = service?.definition.texts.get('image')?.text;
  const proposals = proposeValues(caret.name, { settings, image, ...around(caret, service, project) });
  const plain = proposals.map(({ value, detail, snippet }) => {
    const insertion = insertionOf(caret, value);
    const places = snippet && insertion.insertText.replace(value, () => snippet);
    return { label: value, kind: 'value' as const, detail, ...insertion, snippet: places };
  });
  return [...variablesFor(caret, image, project, settings), ...plain];
}

/** `${NAME}` of `.env`: for a secret the one of its own name or kind, required; for others the one of that name. */
function variablesFor(
  caret: EnvironmentCaret,
  image: string | undefined,
  { definitions }: Project,
  settings: Settings,
): readonly Completion[] {
  const meaning = meaningOf(caret.name, settings, image)?.meaning;
  const isSecret = meaning !== undefined && secretMeanings.has(meaning);
  const known = [...definitions.values()].filter(({ name, place }) => {
    return place && (name === caret.name || (meaning !== undefined && meaningOf(name, settings)?.meaning === meaning));
  });
  const names = known.map(({ name }) => name).sort((a, b) => Number(b === caret.name) - Number(a === caret.name));
  if (isSecret && !names.includes(caret.name)) names.push(caret.name);
  return names.map(name => {
    const text = isSecret ? `\${${name}:?set ${name} in .env}` : `\${${name}}`;
    const detail = definitions.has(name) ? 'from .env' : 'from .env, where it is not set yet';
    return { label: text, kind: 'variable' as const, detail, ...insertionOf(caret, text) };
  });
}

/** What stands around in the service and in the others. */
function around(
  caret: EnvironmentCaret,
  service: Service | undefined,
  project: Project,
): Pick<ValueCircumstances, 'names' | 'neighbours' | 'elsewhere'> {
  const neighbours = new Map<string, string>();
  for (const [name, { value, guess }] of service?.environment ?? []) {
    if (name !== caret.name && value && !guess) neighbours.set(name, value);
  }
  const elsewhere = [...project.services.values()].flatMap(other => (other === service ? [] : valuesOf(other)));
  const names = [...(service?.environment.keys() ?? [])].filter(name => name !== caret.name);
  return { names, neighbours, elsewhere };
}

/** Values that are known of a service, as they may be shown elsewhere. */
const valuesOf = remember(({ name: where, environment }: Service) =>
  [...environment.values()].flatMap(({ name, value, guess }) =>
    value && !guess ? [{ name, value: withoutUrlCredentials(value), where }] : [],
  ),
);

/** What YAML would read as something else than text stands in quotes; in brackets that goes for braces, and in JSON for everything. */
function insertionOf({ form, quoted, word, name, flow }: EnvironmentCaret, value: string): Pick<Completion, 'span' | 'insertText'> {
  const isOther = form === 'map' && /^(?:true|false|[\d.]+)$/.test(value);
  const needsQuotes = !quoted && (isOther || (flow && (flow.json || /[{}[\],]/.test(value))));
  if (!needsQuotes) return { span: word, insertText: value };
  if (form === 'map' || !flow) return { span: word, insertText: `"${value}"` };
  return { span: { start: flow.start, end: word.end }, insertText: `"${name}=${value}"` };
}
