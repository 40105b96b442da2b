// A token that may not do what it is sent for: 403, after a login that worked.
import type { CommandSummary, SentHeader } from '../../../command-line/index.ts';
import type { TokenSummary } from '../../../jwt/index.ts';
import { defineRule } from '../../../lint/rule.ts';
import type { PlatformSummary } from '../../../platform-config/index.ts';
import { covers } from '../../../text/span.ts';
import { summariesOf, type WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'jwt/missing-scope',
  severity: 'warning',
  since: '0.1.0',
  *check(view) {
    const commands = summariesOf<CommandSummary>(view, 'command-line');
    const tokensOf = new Map(summariesOf<readonly TokenSummary[]>(view, 'jwt').map(({ file, summary }) => [file, summary]));
    const platforms = summariesOf<PlatformSummary>(view, 'platform-config').map(({ summary }) => summary);
    const headers = commands.flatMap(({ summary }) => summary.headers);
    for (const { file, summary } of commands) {
      for (const request of summary.tokens) {
        const token = (tokensOf.get(file) ?? []).find(({ span }) => covers(request.written, span));
        if (!token?.claimsSpan || token.isSilent || token.isNats || token.permissions.length === 0) continue;
        const need = needOf(token, request, platforms) ?? needOfGateway(token, request, headers);
        if (!need) continue;
        yield {
          file,
          span: token.claimsSpan,
          message: `${need} Ask for a token with the permission that is missing, or have whoever issues it add it.`,
          related: [{ file, span: request.span, message: 'It is sent by this command.' }],
          ...(token.inUse && token.fileKind !== 'log' ? {} : { severity: 'information' as const }),
        };
      }
    }
  },
});

type Request = CommandSummary['tokens'][number];

/** What a platform wants and the token lacks, in a sentence; undefined where nothing is known to be missing. */
function needOf({ permissions, iss, aud }: TokenSummary, request: Request, platforms: readonly PlatformSummary[]): string | undefined {
  // Identity providers write a prefix before the names that they expose.
  const has = (scope: string) => permissions.some(name => name === scope || name.endsWith(`/${scope}`));
  if (has('platform:read') && !has('platform:write') && request.isWriting)
    return 'This token may read only (`platform:read` without `platform:write`), and the request that it is sent with writes, which is answered with 403.';
  if (has('platform:read') || has('platform:write')) return undefined;
  const platform = platforms.find(
    ({ checksTokens, issuers, audience, clientId }) =>
      checksTokens && iss !== undefined && issuers.includes(iss) && aud.includes(audience ?? clientId ?? ''),
  );
  const wanted = platform?.defaultScopes.find(scope => /^platform:(read|write)$/.test(scope));
  return wanted === undefined
    ? undefined
    : `This token is of the platform's issuer and has no scope for the platform, which asks for \`${wanted}\` at login, so requests are answered with 403.`;
}

/**
 * What the same request is made with by the headers of the development mode. Those lists are often longer than they need to be, so a
 * token with any of them may do.
 */
function needOfGateway({ permissions }: TokenSummary, { url, isWriting }: Request, headers: readonly SentHeader[]): string | undefined {
  if (url === undefined) return undefined;
  const lists = headers
    .filter(one => /^x-dev-permissions$/i.test(one.header) && one.isWriting === isWriting)
    .filter(one => one.url !== undefined && pathOf(one.url) === pathOf(url))
    .map(({ value = '' }) => value.split(',').flatMap(name => name.trim() || []));
  const [first] = lists;
  if (!first?.[0] || lists.some(names => names.length === 0 || names.some(name => permissions.includes(name)))) return undefined;
  const wanted = first.map(name => `\`${name}\``).join(', ');
  return `This token has no permission of those with which the same request is made in development (${wanted}), so the answer is 403.`;
}

function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '');
}
