// What an issuer says about where its keys are, and the other way round, for providers that we know.
import { type IdentityProvider, providerOf } from '../facts/identity-providers.ts';
import { parseUrl } from './url.ts';

export interface ProviderUrl {
  readonly provider: string;
  readonly url: string;
}

/** Where the keys of an issuer are; undefined for an unknown provider. */
export function jwksOf(issuer: string): ProviderUrl | undefined {
  const provider = providerIn(issuer);
  const suffix = provider && suffixOf(provider);
  if (!provider) return undefined;
  const url = suffix === undefined ? refilled(issuer, provider.issuer, provider.jwks) : withoutSlash(issuer) + suffix;
  return url === undefined ? undefined : { provider: provider.name, url };
}

/** Whose keys these are; undefined for an unknown provider. */
export function issuerOf(jwks: string): ProviderUrl | undefined {
  const provider = providerIn(jwks);
  const suffix = provider && suffixOf(provider);
  if (!provider) return undefined;
  if (suffix === undefined) {
    const url = refilled(jwks, provider.jwks, provider.issuer);
    return url === undefined ? undefined : { provider: provider.name, url };
  }
  if (!jwks.endsWith(suffix)) return undefined;
  return { provider: provider.name, url: jwks.slice(0, -suffix.length) + (provider.issuerSlash === 'needs' ? '/' : '') };
}

function providerIn(text: string): IdentityProvider | undefined {
  const url = parseUrl(text);
  return url && providerOf(url);
}

/** What the address of the keys has behind the issuer; undefined where they are elsewhere. */
function suffixOf({ issuer, jwks }: IdentityProvider): string | undefined {
  const start = withoutSlash(issuer);
  return jwks.startsWith(start) ? jwks.slice(start.length) : undefined;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

/** Capital letters in a template stand for what everyone has of their own. */
export const placeholder = /[A-Z]{2,}/g;

/** Reads a text by one template and writes it by another; undefined where it is not made like the first. */
function refilled(text: string, from: string, to: string): string | undefined {
  const names: readonly string[] = from.match(placeholder) ?? [];
  const pattern = from
    .split(placeholder)
    .map(piece => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('([^/]+)');
  const match = new RegExp(`^${pattern}$`).exec(text);
  if (!match || (to.match(placeholder) ?? []).some(name => !names.includes(name))) return undefined;
  return to.replace(placeholder, name => match[names.indexOf(name) + 1] as string);
}
