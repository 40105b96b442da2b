// Issuers are compared letter for letter: one slash too many, and every token is refused.
import { sourceOf } from '../../../compose/auth-variables.ts';
import { type UrlVariable, urlsOf } from '../../../compose/url-variables.ts';
import { providerOf } from '../../../facts/identity-providers.ts';
import type { Fix } from '../../../lint/finding.ts';
import { spanInside } from '../../../text/moving-span.ts';
import { defineComposeRule } from '../../compose-projects.ts';

export default defineComposeRule({
  id: 'compose/issuer-format',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: false,
  judges: 'each service',
  *check({ services }) {
    for (const { service, auth } of services) {
      for (const variable of urlsOf(auth, 'issuer')) {
        const problem = judge(variable);
        if (!problem) continue;
        yield {
          ...variable.place,
          message: `\`${variable.entry.name}\` of \`${service.name}\` ${problem.what}, and issuers are compared letter for letter, so every token is refused. Write \`${problem.instead}\`.`,
          fix: rewrite(variable, problem.instead),
        };
      }
    }
  },
});

interface IssuerProblem {
  /** Follows the variable's name. */
  readonly what: string;
  readonly instead: string;
}

function judge({ text, url, entry, meaning }: UrlVariable): IssuerProblem | undefined {
  const wellKnown = text.indexOf('/.well-known/');
  const provider = providerOf(url);
  if (wellKnown >= 0) {
    if (meaning.discovery) return undefined;
    const base = text.slice(0, wellKnown);
    return { what: 'is the address of a document, not the issuer', instead: provider?.issuerSlash === 'needs' ? `${base}/` : base };
  }
  // A base URL is what a library appends its paths to; it, and most login libraries, read the issuer itself from the discovery document.
  const discovers =
    /BASE_URL$|DOMAIN$/i.test(entry.name) || (meaning.product === undefined && /(?:^|_)(?:OIDC|OAUTH2?|OPENID|AUTH0?)_/i.test(entry.name));
  if (!provider || discovers) return undefined;
  const slash = text.endsWith('/');
  if (provider.issuerSlash === 'needs' && !slash && isWholeIssuer(url.path, provider.name)) {
    return { what: `lacks the slash at its end that ${provider.name} writes into its tokens`, instead: `${text}/` };
  }
  if (provider.issuerSlash === 'never' && slash && url.path !== '/' && url.path !== '') {
    return { what: `ends with a slash, which ${provider.name} does not write into its tokens`, instead: text.replace(/\/+$/, '') };
  }
  return undefined;
}

function isWholeIssuer(path: string, provider: string): boolean {
  return provider === 'Auth0' ? path === '' : /^\/[^/]+$/.test(path);
}

function rewrite({ entry, place, text }: UrlVariable, instead: string): readonly Fix[] {
  const { how } = sourceOf(entry);
  if (how === 'literal' && entry.uses.length > 0) return [];
  const quotes = place.span.end - place.span.start - text.length;
  const span = quotes === 2 ? spanInside(place.span, 1, place.span.end - place.span.start - 1) : place.span;
  return [{ title: `Write ${instead}`, safety: 'unsafe', edits: () => [{ file: place.file, span, newText: instead }] }];
}
