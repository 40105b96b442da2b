// What `authlint inspect` shows of a Compose file: services after merging, with their authentication variables and where each comes from.
import { secretMeanings } from '../environment/meaning.ts';
import type { BuildContext } from '../language.ts';
import type { Settings } from '../lint/settings.ts';
import { nameOf } from '../text/file-id.ts';
import { withoutUrlCredentials } from '../text/url-credentials.ts';
import { authOf, sourceOf } from './auth-variables.ts';
import { projectsAround } from './includers.ts';
import type { ComposeModel } from './index.ts';
import type { Service } from './project.ts';
import type { EnvironmentEntry } from './service.ts';

/** Plain data; secrets are replaced by `<redacted>`. */
export function inspectProjects(model: ComposeModel, context: BuildContext): unknown {
  const { settings } = model;
  return projectsAround(model, context).map(({ project }) => ({
    files: project.files.map(nameOf),
    services: Object.fromEntries(
      [...project.services].map(([name, service]) => {
        const variables = authVariablesOf(service, settings).map(({ entry, meaning, secret }) => [
          entry.name,
          { meaning, value: openValueOf(entry, secret), from: originOf(entry) },
        ]);
        return [name, Object.fromEntries(variables)];
      }),
    ),
  }));
}

/** A variable of a service that has to do with authentication, as it is shown. */
export interface ShownVariable {
  readonly entry: EnvironmentEntry;
  /** What it stands for, as the facts name it. */
  readonly meaning: string;
  readonly secret: boolean;
}

/** Those with a meaning first, then switches. One that is both is a switch. */
export function authVariablesOf(service: Service, settings: Settings): readonly ShownVariable[] {
  const auth = authOf(service, settings);
  const shown = new Map<string, ShownVariable>();
  for (const { entry, meaning } of auth.variables) {
    const secret = secretMeanings.has(meaning.meaning) || meaning.meaning === 'public-key';
    shown.set(entry.name, { entry, meaning: meaning.meaning, secret });
  }
  for (const { entry, fact } of auth.switches) shown.set(entry.name, { entry, meaning: fact.kind, secret: false });
  return [...shown.values()];
}

/** The value without a secret in it; null where nothing here sets it. */
export function openValueOf(entry: EnvironmentEntry, secret: boolean): string | null {
  if (entry.value === undefined || (entry.guess && entry.value === '')) return null;
  return secret && entry.value !== '' ? '<redacted>' : withoutUrlCredentials(entry.value);
}

function originOf(entry: EnvironmentEntry): string {
  const source = sourceOf(entry);
  return source.how === 'variable' ? `${nameOf(source.place.file)} (${source.variable})` : nameOf(source.place.file);
}
