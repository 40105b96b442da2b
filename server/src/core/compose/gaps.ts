// What a project lacks, so that Compose refuses it as a whole although each of its files is well-formed.
import { nearest } from '../lint/nearest.ts';
import { directoryOf, type FileId } from '../text/file-id.ts';
import type { Place } from '../text/place.ts';
import { enumerated } from '../text/prose.ts';
import { remember } from '../text/remember.ts';
import { includePathsOf } from './links.ts';
import { localFile } from './local-file.ts';
import { type ComposeDocument, parseComposeFile, sectionOf } from './model.ts';
import type { Need, Section } from './needs.ts';
import type { Project, Service } from './project.ts';
import { fieldOf } from './yaml-tree.ts';

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
export const gapsOf: (project: Project) => readonly Gap[] = remember(findGaps);

interface PlacedDocument extends ComposeDocument {
  readonly file: FileId;
}

function findGaps(project: Project): readonly Gap[] {
  const documents = documentsOf(project);
  if (!documents || !project.complete) return [];
  const known = (section: Section): ReadonlySet<string> =>
    section === 'services'
      ? new Set(project.services.keys())
      : new Set(documents.flatMap(document => [...sectionOf(document, section).keys()]));
  const names = {
    ...{ services: known('services'), networks: new Set([...known('networks'), 'default']), volumes: known('volumes') },
    ...{ secrets: known('secrets'), configs: known('configs'), models: known('models') },
  };
  const gaps: Gap[] = [];
  for (const service of project.services.values()) {
    if (service.definition.lists.has('profiles') || service.definition.extends) continue;
    if (!runs(service)) gaps.push(withoutImage(service));
    gaps.push(...twoNetworks(service));
    for (const need of service.definition.needs.values()) {
      if (!names[need.section].has(need.name)) gaps.push(undefinedNeed(need, names[need.section]));
    }
  }
  gaps.push(...withoutSource(documents, project), ...circlesOf(project));
  // What is wrong with a file by itself is said there.
  return gaps.filter(({ place }) => !isRefused(place, project));
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

function isRefused({ file, span }: Place, { reads }: Project): boolean {
  const source = reads.get(file);
  if (source === undefined || typeof source === 'string') return false;
  return parseComposeFile(source).problems.some(problem => problem.span.start === span.start && problem.span.end === span.end);
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

/** Secrets and configs that come from nowhere, or from two places. */
function* withoutSource(documents: readonly PlacedDocument[], { files }: Project): Iterable<Gap> {
  for (const section of ['secrets', 'configs'] as const) {
    const entries = documents.flatMap(document =>
      [...sectionOf(document, section)].map(([name, field]) => ({ name, field, file: document.file })),
    );
    for (const { name, field, file } of entries) {
      if (!files.includes(file) || field.value.kind !== 'mapping') continue;
      const all = entries.filter(entry => entry.name === name).map(entry => entry.field.value);
      if (all.some(value => value.tag !== undefined || fieldOf(value, 'external'))) continue;
      const found = sources[section].filter(key => all.some(value => fieldOf(value, key)));
      if (found.length === 1) continue;
      const keys = (found.length > 0 ? found : sources[section]).map(key => `\`${key}\``);
      const says = found.length > 0 ? `can have one of ${enumerated(keys)}` : `has no ${enumerated(keys, 'or')}`;
      const message = `The ${singular[section]} \`${name}\` ${says}`;
      yield { place: { file, span: field.keySpan }, section, name, message, advice: 'Say where it comes from.' };
    }
  }
}

/** Services that wait for one another in a circle; one report for each circle, where it closes. */
function circlesOf({ services }: Project): readonly Gap[] {
  const gaps: Gap[] = [];
  const done = new Set<string>();
  const open: string[] = [];
  const visit = (name: string) => {
    if (done.has(name)) return;
    open.push(name);
    for (const need of services.get(name)?.definition.needs.values() ?? []) {
      if (need.section !== 'services' || services.get(need.name)?.definition.lists.has('profiles')) continue;
      const at = open.indexOf(need.name);
      if (at < 0) visit(need.name);
      else gaps.push(circle(need, open.slice(at)));
    }
    open.pop();
    done.add(name);
  };
  for (const [name, { definition }] of services) if (!definition.lists.has('profiles')) visit(name);
  return gaps;
}

function circle({ place, name }: Need, members: readonly string[]): Gap {
  const way = [...members, name].map(member => `\`${member}\``).join(' → ');
  const message = members.length === 1 ? `\`${name}\` waits for itself` : `Services wait for one another in a circle: ${way}`;
  return { place, section: 'services', name, message, advice: 'Take one of the references away.' };
}
