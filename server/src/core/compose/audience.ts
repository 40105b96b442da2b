// Whom a service is run for: production, or tests and examples. Names of files and folders say it, and what the service says of itself.

import type { Settings } from '../lint/settings.ts';
import { directoryOf, type FileId, nameOf, pathOf, pathWithin } from '../text/file-id.ts';
import type { Place } from '../text/place.ts';
import { variantWords } from './file-names.ts';
import type { Project, Service } from './project.ts';

const productionWords = new Set(['prod', 'production', 'prd']);
const otherWords = new Set([
  'override',
  'dev',
  'develop',
  'development',
  'local',
  'debug',
  'test',
  'tests',
  'testing',
  'ci',
  'e2e',
  'example',
  'examples',
  'sample',
  'demo',
  'integration',
]);
const developmentWords = new Set(['override', 'dev', 'develop', 'development', 'local', 'debug']);
const testWords = new Set(['test', 'tests', 'testing', 'ci', 'e2e', 'example', 'examples', 'sample', 'demo', 'integration']);
const productionFolders = new Set(['prod', 'production', 'deploy']);
const testFolders =
  /^(?:tests?|testing|__tests__|e2e|ci|\.ci|\.github|\.circleci|fixtures?|test[-_]?data|test-fixtures|examples?|samples?|demos?)$/i;
const modeVariables = [
  'NODE_ENV',
  'ASPNETCORE_ENVIRONMENT',
  'DOTNET_ENVIRONMENT',
  'APP_ENV',
  'SPRING_PROFILES_ACTIVE',
  'RAILS_ENV',
  'ENVIRONMENT',
];

/** Folders below the opened one that the file stands in, outermost first. Without an opened folder only the nearest counts. */
function foldersOf(file: FileId, settings: Settings): readonly string[] {
  const within = settings.root === undefined ? undefined : pathWithin(settings.root, file);
  if (within !== undefined) return within.split('/').slice(0, -1);
  const segments = pathOf(directoryOf(file)).split('/').filter(Boolean);
  return segments.slice(-1);
}

/** Whether the name or a folder of a file says that it is for tests, or an example. */
export function isForTests(file: FileId, settings: Settings): boolean {
  return variantWords(nameOf(file)).some(word => testWords.has(word)) || foldersOf(file, settings).some(folder => testFolders.test(folder));
}

/** Whether the name says that a file is for a developer's machine; an override is. */
export function isForDevelopment(file: FileId, settings: Settings): boolean {
  const words = variantWords(nameOf(file));
  return !settings.isProduction(file) && words.some(word => developmentWords.has(word)) && !words.some(word => productionWords.has(word));
}

export interface ProductionSign {
  /** What a message points at: the file or variable that says so. */
  readonly place: Place;
  /** `docker-compose.prod.yml`, `NODE_ENV=production` … */
  readonly what: string;
}

/** Why the service is production in this project; undefined when nothing says so, or something says otherwise. */
export function productionSign(project: Project, service: Service, settings: Settings): ProductionSign | undefined {
  const chosen = project.files.find(file => settings.isProduction(file));
  if (chosen) return { place: { file: chosen, span: { start: 0, end: 0 } }, what: nameOf(chosen) };
  const profiles = (service.definition.lists.get('profiles') ?? []).flatMap(item => (item.text ? [item.text] : []));
  if (profiles.length > 0 && profiles.every(profile => wordsOf(profile.text).some(word => otherWords.has(word)))) return undefined;
  if (project.files.some(file => saysOther(file, settings))) return undefined;
  const named = project.files.find(file => isNamedProduction(file) || (isInProduction(file, settings) && !callsItselfOther(service)));
  if (named) return { place: { file: named, span: { start: 0, end: 0 } }, what: nameOf(named) };
  const profile = profiles.find(({ text }) => wordsOf(text).some(word => productionWords.has(word)));
  if (profile) return { place: profile, what: `the profile \`${profile.text}\`` };
  for (const name of modeVariables) {
    const mode = service.environment.get(name);
    const words = mode?.value === undefined ? [] : wordsOf(mode.value);
    if (mode && words.some(word => productionWords.has(word)) && !words.some(word => otherWords.has(word))) {
      return { place: { file: mode.file, span: mode.valueSpan }, what: `\`${name}=${mode.value}\`` };
    }
  }
  return undefined;
}

/** Whether a variable such as `APP_ENV` says that the service is run for something else than production, whatever folder it stands in. */
function callsItselfOther({ environment }: Service): boolean {
  return [...environment.values()].some(
    ({ name, value }) => /(?:^|_)ENV(?:IRONMENT)?$/.test(name) && value !== undefined && wordsOf(value).some(word => otherWords.has(word)),
  );
}

function isNamedProduction(file: FileId): boolean {
  return variantWords(nameOf(file)).some(word => productionWords.has(word));
}

function isInProduction(file: FileId, settings: Settings): boolean {
  return foldersOf(file, settings).some(folder => productionFolders.has(folder.toLowerCase()));
}

function saysOther(file: FileId, settings: Settings): boolean {
  if (settings.isProduction(file)) return false;
  return variantWords(nameOf(file)).some(word => otherWords.has(word)) || isForTests(file, settings);
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}
