// Platforms and issuers of tokens on the map: whose tokens are taken where, and which tokens there are.
import { withMeaning } from '../../compose/auth-variables.ts';
import { isNone } from '../../facts/jwt-algorithms.ts';
import type { TokenSummary } from '../../jwt/summary.ts';
import type { PlatformSummary } from '../../platform-config/index.ts';
import { type FileId, nameOf } from '../../text/file-id.ts';
import type { Place } from '../../text/place.ts';
import { withoutUrlCredentials } from '../../text/url-credentials.ts';
import { composeProjects } from '../compose-projects.ts';
import { summariesOf, type WorkspaceView } from '../view.ts';
import { counted, factsOf, type MapFact, type MapNode, mapNode, named } from './map-node.ts';

export function platforms(view: WorkspaceView): readonly MapNode[] {
  return summariesOf<PlatformSummary>(view, 'platform-config').map(({ file, summary }) => {
    const { checksTokens, issuers, issuerSpan, audience, audienceSpan, clientId } = summary;
    return mapNode({
      kind: 'platform',
      name: nameOf(file),
      facts: factsOf(
        checksTokens ? 'checks tokens (OIDC)' : 'does not check tokens',
        ...issuers.map(issuer => ({ text: `trusts issuer \`${withoutUrlCredentials(issuer)}\``, at: placeOf(file, issuerSpan) })),
        audience !== undefined && { text: `expects audience \`${audience}\``, at: placeOf(file, audienceSpan) },
        clientId !== undefined && `client \`${clientId}\``,
      ),
      at: { file, span: { start: 0, end: 0 } },
      extent: [{ file, span: { start: 0, end: Number.MAX_SAFE_INTEGER } }],
    });
  });
}

interface IssuedToken {
  readonly file: FileId;
  readonly token: TokenSummary;
}

/** Tokens in use, by who issued them. NATS JWTs are on the map as what they make: accounts and credentials. */
export function tokenIssuers(view: WorkspaceView): readonly MapNode[] {
  const byIssuer = new Map<string, IssuedToken[]>();
  for (const { file, summary } of summariesOf<readonly TokenSummary[]>(view, 'jwt')) {
    for (const token of summary) {
      if (token.isNats || !token.inUse) continue;
      const issuer = token.iss ?? '';
      const known = byIssuer.get(issuer);
      if (known) known.push({ file, token });
      else byIssuer.set(issuer, [{ file, token }]);
    }
  }
  return [...byIssuer].map(([issuer, tokens]) =>
    mapNode({
      kind: 'issuer',
      name: issuer === '' ? 'nobody named' : withoutUrlCredentials(issuer),
      facts: factsOf(`${counted(tokens.length, 'token')} here`, ...(issuer === '' ? [] : trustedBy(issuer, view))),
      at: undefined,
      extent: tokens.map(({ file, token }) => ({ file, span: token.span })),
      children: tokens.map(tokenNode),
    }),
  );
}

function tokenNode({ file, token }: IssuedToken): MapNode {
  return mapNode({
    kind: 'token',
    name: nameOf(file),
    facts: factsOf(
      signedInWords(token),
      token.aud.length > 0 && `for audience ${named(token.aud)}`,
      token.exp === undefined && 'never expires',
    ),
    at: { file, span: token.span },
  });
}

function signedInWords({ alg }: TokenSummary): string {
  if (alg === undefined) return 'without an algorithm';
  return isNone(alg) ? 'not signed' : `signed with \`${alg}\``;
}

function trustedBy(issuer: string, view: WorkspaceView): readonly MapFact[] {
  const places = summariesOf<PlatformSummary>(view, 'platform-config').flatMap(({ file, summary }) =>
    summary.issuers.includes(issuer) ? [{ name: nameOf(file), at: placeOf(file, summary.issuerSpan) }] : [],
  );
  const services = composeProjects(view).flatMap(({ services }) =>
    services.flatMap(({ service, auth }) =>
      withMeaning(auth, 'issuer').flatMap(({ entry }) =>
        entry.value === issuer && !entry.guess ? [{ name: service.name, at: { file: entry.file, span: entry.nameSpan } }] : [],
      ),
    ),
  );
  const byName = new Map([...places, ...services].map(one => [one.name, one]));
  if (byName.size === 0) return [{ text: 'nothing here says that it trusts this issuer' }];
  return [...byName.values()].map(({ name, at }) => ({ text: `trusted by \`${name}\``, at }));
}

function placeOf(file: FileId, span: Place['span'] | undefined): Place | undefined {
  return span && { file, span };
}
