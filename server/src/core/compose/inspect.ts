// What `authlint inspect` shows of a Compose file: services after merging, with their authentication variables and where each comes from.
import { secretMeanings } from '../environment/meaning.ts';
import { nameOf } from '../text/file-id.ts';
import { withoutUrlCredentials } from '../text/url-credentials.ts';
import { authOf, sourceOf } from './auth-variables.ts';
import type { ComposeModel } from './index.ts';
import type { EnvironmentEntry } from './service.ts';

/** Plain data; secrets are replaced by `<redacted>`. */
export function inspectProjects({ projects, settings }: ComposeModel): unknown {
  return projects.map(({ project }) => ({
    files: project.files.map(nameOf),
    services: Object.fromEntries(
      [...project.services].map(([name, service]) => {
        const auth = authOf(service, settings);
        const variables = new Map<string, unknown>();
        for (const { entry, meaning } of auth.variables) {
          const secret = secretMeanings.has(meaning.meaning) || meaning.meaning === 'public-key';
          variables.set(entry.name, { meaning: meaning.meaning, value: shown(entry, secret), from: originOf(entry) });
        }
        for (const { entry, fact } of auth.switches) {
          variables.set(entry.name, { meaning: fact.kind, value: shown(entry, false), from: originOf(entry) });
        }
        return [name, Object.fromEntries(variables)];
      }),
    ),
  }));
}

function shown(entry: EnvironmentEntry, secret: boolean): string | null {
  if (entry.value === undefined || (entry.guess && entry.value === '')) return null;
  return secret && entry.value !== '' ? '<redacted>' : withoutUrlCredentials(entry.value);
}

function originOf(entry: EnvironmentEntry): string {
  const source = sourceOf(entry);
  return source.how === 'variable' ? `${nameOf(source.place.file)} (${source.variable})` : nameOf(source.place.file);
}
