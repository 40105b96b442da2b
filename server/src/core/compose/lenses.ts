// Above every service that checks or makes tokens: with what, who shares the secret, and whether a development switch is on.
import { parseUrl } from '../environment/url.ts';
import type { BuildContext, Lens } from '../language.ts';
import { type AuthVariable, authOf, presence, type ServiceAuth, withMeaning } from './auth-variables.ts';
import { holdsPublicKeys } from './gateway.ts';
import { projectsAround } from './includers.ts';
import type { ComposeModel } from './index.ts';
import type { Service } from './project.ts';
import type { EnvironmentEntry } from './service.ts';
import { secretHolders, secretOf } from './signing-secrets.ts';

/** Shows all services with what each is given. */
const command = { id: 'authlint.showEffectiveConfiguration', arguments: [] };

/** One for each service that the file itself names, as the likeliest project of the file sees it. */
export function lensesOf(model: ComposeModel, context: BuildContext): readonly Lens[] {
  const { settings } = context;
  const project = projectsAround(model, context)[0]?.project;
  if (!project) return [];
  const lenses: Lens[] = [];
  const holders = secretHolders(project, settings);
  for (const service of project.services.values()) {
    const place = service.places.find(candidate => candidate.file === model.file.id);
    const words = place && wordsOf(authOf(service, settings), holders);
    if (place && words) lenses.push({ span: place.span, title: words, command });
  }
  return lenses.sort((a, b) => a.span.start - b.span.start);
}

function wordsOf(auth: ServiceAuth, holders: ReadonlyMap<string, readonly Service[]>): string | undefined {
  const words = [keysInWords(auth), sharingInWords(auth, holders), switchesInWords(auth)].filter(word => word !== undefined);
  return words.length > 0 ? words.join(' · ') : undefined;
}

/** "HS256", "RS256 from login.example.com": with what a service checks tokens; undefined for one that checks none. */
export function keysInWords(auth: ServiceAuth): string | undefined {
  const algorithm = algorithmOf(auth);
  const present = ({ entry }: AuthVariable) => presence(entry) !== 'empty';
  const keys = withMeaning(auth, 'jwks-uri').find(variable => present(variable) && !variable.meaning.notJwks);
  if (keys) return `${algorithm ?? 'public keys'} from ${hostOf(keys.entry)}`;
  if (auth.keyFiles.some(holdsPublicKeys)) return `${algorithm ?? 'public key'} in a file`;
  if (withMeaning(auth, 'jwt-secret').some(present)) return algorithm ?? 'HS256';
  if (auth.keyFiles.length > 0) return `${algorithm ?? 'HS256'}, secret in a file`;
  const publicKey = withMeaning(auth, 'public-key').some(present);
  if (publicKey) return algorithm ?? 'public key';
  const provider = withMeaning(auth, 'discovery', 'issuer').find(variable => present(variable) && parseUrl(variable.entry.value ?? ''));
  return provider && `keys as ${hostOf(provider.entry)} says`;
}

function algorithmOf(auth: ServiceAuth): string | undefined {
  const value = withMeaning(auth, 'algorithm')
    .find(({ entry }) => !entry.guess && entry.value)
    ?.entry.value?.trim();
  return value && /^[\w, -]{2,40}$/.test(value) ? value : undefined;
}

function hostOf(entry: EnvironmentEntry): string {
  return (entry.guess ? undefined : parseUrl(entry.value ?? '')?.host) ?? `\${${entry.uses[0]?.name ?? entry.name}}`;
}

function sharingInWords(auth: ServiceAuth, holders: ReadonlyMap<string, readonly Service[]>): string | undefined {
  const others = withMeaning(auth, 'jwt-secret').map(({ entry }) => (holders.get(secretOf(entry) ?? '')?.length ?? 1) - 1);
  const most = Math.max(0, ...others);
  return most > 0 ? `secret shared with ${most} ${most === 1 ? 'service' : 'services'}` : undefined;
}

/** "development bypass on"; undefined for a service that has no such switch. */
export function switchesInWords(auth: ServiceAuth): string | undefined {
  const bypasses = auth.switches.filter(({ fact }) => fact.kind === 'bypass');
  if (bypasses.length === 0) return undefined;
  return `development bypass ${bypasses.some(({ open }) => open) ? 'on' : bypasses.some(({ entry }) => entry.guess) ? 'unknown' : 'off'}`;
}
