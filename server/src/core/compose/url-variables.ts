// URLs that a service reads its trust from: issuers, keys, discovery documents.
import { parseUrl, type UrlParts } from '../environment/url.ts';
import type { Meaning } from '../facts/compose-dialects.ts';
import type { Place } from '../text/place.ts';
import { remember } from '../text/remember.ts';
import { type AuthVariable, type ServiceAuth, sourceOf } from './auth-variables.ts';

export interface UrlVariable extends AuthVariable {
  readonly url: UrlParts;
  /** The URL as it stands. */
  readonly text: string;
  /** Where it is written. */
  readonly place: Place;
}

/** Variables of these meanings whose whole value is known and is an absolute URL. */
export function urlsOf(auth: ServiceAuth, ...meanings: readonly UrlMeaning[]): readonly UrlVariable[] {
  return trustedUrls(auth).filter(({ meaning }) => meanings.some(one => one === meaning.meaning));
}

const urlMeanings = ['jwks-uri', 'issuer', 'discovery'] as const satisfies readonly Meaning[];
type UrlMeaning = (typeof urlMeanings)[number];

const trustedUrls = remember((auth: ServiceAuth): readonly UrlVariable[] => {
  const found: UrlVariable[] = [];
  for (const variable of auth.variables) {
    const { entry, meaning } = variable;
    if (!urlMeanings.some(one => one === meaning.meaning) || meaning.list || meaning.opaque || entry.guess || !entry.value) continue;
    const url = parseUrl(entry.value);
    if (url) found.push({ ...variable, url, text: entry.value, place: sourceOf(entry).place });
  }
  return found;
});
