// How identity providers write their issuer, and where they keep their keys.
import table from './identity-providers.json';

export interface IdentityProvider {
  readonly name: string;
  /** Matches the host, lower case. */
  readonly host?: RegExp;
  /** Matches the path, for providers that run anywhere. */
  readonly path?: RegExp;
  /** Whether the `iss` of its tokens ends with a slash. */
  readonly issuerSlash: 'needs' | 'never';
  /** The shape of its issuer, and of the URL of its keys, for people to read. */
  readonly issuer: string;
  readonly jwks: string;
  /** Captures the realm or tenant in a path of the issuer and of the keys. */
  readonly tenant?: RegExp;
  /** Other hosts that the keys may be on. */
  readonly jwksHosts?: readonly string[];
}

type Row = Omit<IdentityProvider, 'host' | 'path' | 'tenant'> & { host?: string; path?: string; tenant?: string };

const compile = (patterns: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(patterns).flatMap(([key, text]) => (text === undefined ? [] : [[key, new RegExp(text)]])));

export const identityProviders: readonly IdentityProvider[] = (table.providers as unknown as readonly Row[]).map(
  ({ host, path, tenant, ...rest }) => ({ ...rest, ...compile({ host, path, tenant }) }),
);

/** The provider of an issuer or key URL, by its host, else by its path. */
export function providerOf({ host, path }: { host: string; path: string }): IdentityProvider | undefined {
  return identityProviders.find(provider => provider.host?.test(host) === true || provider.path?.test(path) === true);
}
