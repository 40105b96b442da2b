// What a project lacks, so that Compose refuses it as a whole although each of its files is well-formed.
import { nearest } from '../lint/nearest.ts';
import { directoryOf, type FileId } from '../text/file-id.ts';
import { grouped } from '../text/group.ts';
import type { Place } from '../text/place.ts';
import { PlaceSet } from '../text/place-set.ts';
import { enumerated } from '../text/prose.ts';
import { remember } from '../text/remember.ts';
import { includePathsOf } from './links.ts';
import { localFile } from './local-file.ts';
import { type ComposeDocument, parseComposeFile, sectionOf } from './model.ts';
import type { Need, Section } from './needs.ts';
import type { Project, Service } from './project.ts';
import { type Field, fieldOf } from './yaml-tree.ts';

export interface Gap {
  readonly place: Place;
  readonly message: string;
  /** What to do about it: a sentence. */
  readonly advice: string;
  /** A name that is there and nearly the same. */
  readonly near?: string | undefined;
  /** What another file would have to define. */
  readonly section: Section;
  readonly name: string;
}

/**
 * What Compose misses in a project. Empty where more may be known to Compose than to us: a file of it is not here. Services of a profile
 * are left out, since Compose looks at them only when the profile is chosen.
 */
export const gapsOf: (project: Project) => readonly Gap[] = remember(project => {
  const documents = documentsOf(project);
  if (!documents || !project.complete) return [];
  const memory = project.lineage ? memories(project.lineage) : new GapMemory();
  const names = memory.names(documents, project);
  const gaps: Gap[] = [];
  for (const service of project.services.values()) for (const gap of memory.ofService(service, names)) gaps.push(gap);
  gaps.push(...memory.withoutSource(project), ...memory.circles(project));
  return withoutRefused(gaps, project);
});

interface PlacedDocument extends ComposeDocument {
  readonly file: FileId;
}

/** Entries of one section, by document. */
type Entries = readonly { readonly file: FileId; readonly fields: ReadonlyMap<string, Field> }[];

type Names = Readonly<Record<Section, ReadonlySet<string>>>;

/** Sections that are written in files; services are put together from more. */
const written = ['networks', 'volumes', 'secrets', 'configs', 'models'] as const;

const noGaps: readonly Gap[] = [];

/** What is known of a project while its files are edited: only what changed is asked about again. */
class GapMemory {
  #entries = new Map<Section, Entries>();
  #names: Names | undefined;
  readonly #ofService = new WeakMap<Service, { readonly names: Names; readonly gaps: readonly Gap[] }>();
  #withoutSource: readonly Gap[] | undefined;
  #services: readonly Service[] | undefined;
  #circles: readonly Circle[] = [];

  /** The same object while all names are the same. Takes note of the sections that the documents hold. */
  names(documents: readonly PlacedDocument[], { services }: Project): Names {
    const before = this.#names;
    const changed: Partial<Record<Section, ReadonlySet<string>>> = {};
    for (const section of written) {
      const entries = entriesOf(documents, section);
      if (before && haveSameEntries(this.#entries.get(section), entries)) continue;
      this.#entries.set(section, entries);
      changed[section] = new Set([...entries.flatMap(({ fields }) => [...fields.keys()]), ...(implied[section] ?? [])]);
      if (section === 'secrets' || section === 'configs') this.#withoutSource = undefined;
    }
    if (!before || !haveSameKeys(before.services, services)) changed.services = new Set(services.keys());
    const names = before && Object.keys(changed).length === 0 ? before : ({ ...before, ...changed } as Names);
    this.#names = names;
    return names;
  }

  ofService(service: Service, names: Names): readonly Gap[] {
    const known = this.#ofService.get(service);
    if (known?.names === names) return known.gaps;
    const found = [...gapsOfService(service, names)];
    const gaps = found.length > 0 ? found : noGaps;
    this.#ofService.set(service, { names, gaps });
    return gaps;
  }

  /** Secrets and configs of the sections that `names` took note of. */
  withoutSource(project: Project): readonly Gap[] {
    this.#withoutSource ??= (['secrets', 'configs'] as const).flatMap(section => [
      ...withoutSource(section, this.#entries.get(section) ?? [], project),
    ]);
    return this.#withoutSource;
  }

  circles({ services }: Project): readonly Gap[] {
    const now = [...services.values()];
    if (!this.#services || !waitForTheSame(this.#services, now)) this.#circles = circlesOf(services);
    this.#services = now;
    // The service where a circle closes may be written anew around the very same reference.
    return this.#circles.flatMap(({ service, key, message }) => {
      const need = services.get(service)?.definition.needs.get(key);
      return need ? [closedBy(need, message)] : [];
    });
  }
}

/** By the lineage of the project. */
const memories = remember((_lineage: object) => new GapMemory());

/** Names that are there without being written. */
const implied: Partial<Record<Section, readonly string[]>> = { networks: ['default'] };

function entriesOf(documents: readonly PlacedDocument[], section: Section): Entries {
  return documents.map(document => ({ file: document.file, fields: sectionOf(document, section) })).filter(({ fields }) => fields.size > 0);
}

/** A section that did not change keeps its map of fields. */
function haveSameEntries(before: Entries | undefined, now: Entries): boolean {
  return before?.length === now.length && now.every(({ file, fields }, i) => before[i]?.file === file && before[i]?.fields === fields);
}

/** In the same order too, by which one of two names is the nearest. */
function haveSameKeys(names: ReadonlySet<string>, map: ReadonlyMap<string, unknown>): boolean {
  if (names.size !== map.size) return false;
  const keys = map.keys();
  for (const name of names) if (keys.next().value !== name) return false;
  return true;
}

function* gapsOfService(service: Service, names: Names): Iterable<Gap> {
  const { definition } = service;
  if (isOptional(service) || definition.extends) return;
  if (!runs(service)) yield withoutImage(service);
  yield* twoNetworks(service);
  for (const need of definition.needs.values()) {
    if (!names[need.section].has(need.name)) yield undefinedNeed(need, names[need.section]);
  }
}

/** Documents of the files of a project and of what they include; undefined where one of them is not here. */
function documentsOf(project: Project): readonly PlacedDocument[] | undefined {
  const documents: PlacedDocument[] = [];
  const files = new Set(project.files);
  for (const file of files) {
    const source = project.reads.get(file);
    if (source === undefined || typeof source === 'string') return undefined;
    for (const document of parseComposeFile(source).documents) {
      documents.push({ ...document, file });
      for (const { text } of includePathsOf(document.root)) {
        const included = text.includes('$') ? undefined : localFile(directoryOf(file), text);
        if (included === undefined) return undefined;
        files.add(included);
      }
    }
  }
  return documents;
}

/** What is wrong with a file by itself is said there. */
function withoutRefused(gaps: readonly Gap[], { reads }: Project): readonly Gap[] {
  if (gaps.length === 0) return noGaps;
  const refused = new PlaceSet();
  for (const file of new Set(gaps.map(({ place }) => place.file))) {
    const source = reads.get(file);
    if (source === undefined || typeof source === 'string') continue;
    for (const { span } of parseComposeFile(source).problems) refused.add({ file, span });
  }
  return gaps.filter(({ place }) => !refused.has(place));
}

function runs({ definition: { keys } }: Service): boolean {
  return keys.has('image') || keys.has('build') || keys.has('provider');
}

function withoutImage({ name, places, definition }: Service): Gap {
  const place = places[0] ?? { file: definition.file, span: definition.nameSpan };
  return { place, section: 'services', name, message: `\`${name}\` has neither an image nor a build`, advice: 'Say `image` or `build`.' };
}

const singular: Record<Section, string> = {
  ...{ services: 'service', networks: 'network', volumes: 'volume', secrets: 'secret', configs: 'config', models: 'model' },
};

function undefinedNeed({ section, name, place }: Need, names: ReadonlySet<string>): Gap {
  // Two short names are always alike.
  const near = name.length > 2 ? nearest(name, names) : undefined;
  const advice = near === undefined ? `Add it to \`${section}\`, or take it away here.` : `Did you mean \`${near}\`?`;
  return { place, section, name, near, message: `There is no ${singular[section]} \`${name}\` in this project`, advice };
}

/** A container is either put into networks or told whose it shares. */
function* twoNetworks({ name, definition: { texts, needs } }: Service): Iterable<Gap> {
  const mode = texts.get('network_mode');
  if (!mode?.text || ![...needs.values()].some(({ key }) => key === 'networks')) return;
  const message = `\`${name}\` has \`networks\` too, and can have \`network_mode\` or \`networks\``;
  yield { place: { file: mode.file, span: mode.span }, section: 'services', name, message, advice: 'Keep one of them.' };
}

/** Where secrets and configs come from. */
const sources = { secrets: ['file', 'environment'], configs: ['file', 'environment', 'content'] } as const;

/** Secrets or configs that come from nowhere, or from two places. */
function* withoutSource(section: keyof typeof sources, entries: Entries, { files }: Project): Iterable<Gap> {
  const all = entries.flatMap(({ file, fields }) => [...fields].map(([name, field]) => ({ name, field, file })));
  const byName = grouped(all, ({ name }) => name);
  for (const { name, field, file } of all) {
    if (!files.includes(file) || field.value.kind !== 'mapping') continue;
    const values = (byName.get(name) ?? []).map(entry => entry.field.value);
    if (values.some(value => value.tag !== undefined || fieldOf(value, 'external'))) continue;
    const found = sources[section].filter(key => values.some(value => fieldOf(value, key)));
    if (found.length === 1) continue;
    const keys = (found.length > 0 ? found : sources[section]).map(key => `\`${key}\``);
    const says = found.length > 0 ? `can have one of ${enumerated(keys)}` : `has no ${enumerated(keys, 'or')}`;
    const message = `The ${singular[section]} \`${name}\` ${says}`;
    yield { place: { file, span: field.keySpan }, section, name, message, advice: 'Say where it comes from.' };
  }
}

/** Services that wait for one another, with the reference that closes the circle. */
interface Circle {
  readonly service: string;
  /** Of its `needs`. */
  readonly key: string;
  readonly message: string;
}

/** Whether the services that changed are as before in all that circles hang on. */
function waitForTheSame(before: readonly Service[], now: readonly Service[]): boolean {
  if (before.length !== now.length) return false;
  return now.every((service, i) => service === before[i] || (before[i] !== undefined && waitsForTheSame(before[i], service)));
}

function waitsForTheSame(before: Service, now: Service): boolean {
  const [one, other] = [before, now].map(({ definition }) => [...definition.needs].filter(([, { section }]) => section === 'services'));
  return (
    before.name === now.name &&
    isOptional(before) === isOptional(now) &&
    one?.length === other?.length &&
    other?.every(([key, { name }], i) => one?.[i]?.[0] === key && one[i][1].name === name) === true
  );
}

/** Whether Compose looks at it only when a profile is chosen. */
function isOptional({ definition }: Service): boolean {
  return definition.lists.has('profiles');
}

/** One for each circle, where it closes. */
function circlesOf(services: ReadonlyMap<string, Service>): readonly Circle[] {
  const circles: Circle[] = [];
  const done = new Set<string>();
  /** The way to the service that is looked at, and where each service stands on it: thousands may wait in a row. */
  const way: { readonly service: string; readonly needs: Iterator<[string, Need]> }[] = [];
  const places = new Map<string, number>();
  const isLeftOut = (name: string) => {
    const service = services.get(name);
    return service !== undefined && isOptional(service);
  };
  const open = (service: string) => {
    places.set(service, way.length);
    way.push({ service, needs: (services.get(service)?.definition.needs ?? noNeeds)[Symbol.iterator]() });
  };
  for (const first of services.keys()) {
    if (!isLeftOut(first) && !done.has(first)) open(first);
    for (let last = way.at(-1); last; last = way.at(-1)) {
      const { service, needs } = last;
      const next = needs.next();
      if (next.done) {
        way.pop();
        places.delete(service);
        done.add(service);
        continue;
      }
      const [key, { section, name }] = next.value;
      if (section !== 'services' || done.has(name) || isLeftOut(name)) continue;
      const at = places.get(name);
      if (at === undefined) open(name);
      else circles.push({ service, key, message: circleOf(way.slice(at).map(step => step.service)) });
    }
  }
  return circles;
}

const noNeeds: ReadonlyMap<string, Need> = new Map();

function circleOf(members: readonly string[]): string {
  const [first] = members;
  if (members.length === 1) return `\`${first}\` waits for itself`;
  const way = [...members, first].map(member => `\`${member}\``).join(' → ');
  return `Services wait for one another in a circle: ${way}`;
}

function closedBy({ place, name }: Need, message: string): Gap {
  return { place, section: 'services', name, message, advice: 'Take one of the references away.' };
}
