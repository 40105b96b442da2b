// Keys and issuers that come over plain HTTP come from whoever is on the way.
import { sourceOf } from '../../../compose/auth-variables.ts';
import { isInside } from '../../../compose/hosts.ts';
import { type UrlVariable, urlsOf } from '../../../compose/url-variables.ts';
import { parseUrl } from '../../../environment/url.ts';
import type { Fix } from '../../../lint/finding.ts';
import { defineComposeRule, type JudgedService, type PlacedReport } from '../../compose-projects.ts';

export default defineComposeRule({
  id: 'compose/insecure-auth-url',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: true,
  judges: 'each service',
  *check({ project, services }) {
    for (const judged of services) {
      const { service, auth } = judged;
      for (const variable of urlsOf(auth, 'jwks-uri', 'issuer', 'discovery')) {
        if (variable.url.scheme !== 'http' || isInside(project, variable.url.host)) continue;
        yield {
          ...variable.place,
          message: `\`${variable.entry.name}\` of \`${service.name}\` goes to \`${variable.url.host}\` over plain HTTP, so whoever is on the way can put in keys of their own and sign any token. Use \`https://\`.`,
          fix: useHttps(variable),
        };
      }
      yield* localInProduction(judged);
    }
  },
});

function useHttps({ entry, text, place }: UrlVariable): readonly Fix[] {
  const { how } = sourceOf(entry);
  if (how === 'literal' && entry.uses.length > 0) return [];
  const start = place.span.end - place.span.start === text.length ? place.span.start : place.span.start + 1;
  return [
    {
      title: 'Use https',
      safety: 'unsafe',
      edits: () => [{ file: place.file, span: { start, end: start + 'http'.length }, newText: 'https' }],
    },
  ];
}

/** What a browser is told stands in the built page: `localhost` there is the visitor's own machine. */
function* localInProduction({ service, production }: JudgedService): Iterable<PlacedReport> {
  if (!production) return;
  const entries = [...service.environment.values(), ...(service.definition.buildArgs?.entries.values() ?? [])];
  for (const entry of entries) {
    if (
      !/^(?:VITE|NEXT_PUBLIC|REACT_APP|NUXT_PUBLIC|PUBLIC|EXPO_PUBLIC)_(?:.*_)?(?:KEYCLOAK|AUTH0?|OIDC|OAUTH2?|SSO|ISSUER|OPENID)(?:_.*)?(?:UR[IL]|AUTHORITY|DOMAIN|ISSUER|HOST)$/.test(
        entry.name,
      )
    )
      continue;
    const url = entry.value === undefined || entry.guess ? undefined : parseUrl(entry.value);
    if (!url || !/^(?:localhost|127\..*)$/.test(url.host)) continue;
    yield {
      ...sourceOf(entry).place,
      message: `\`${entry.name}\` of \`${service.name}\` goes to \`${url.host}\` in production (${production.what}), which for every visitor is their own machine, so nobody can log in. Write the public https address of the provider.`,
    };
  }
}
