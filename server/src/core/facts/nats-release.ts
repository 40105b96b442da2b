// Releases of nats-server as facts name them. Something new often reaches several release lines at once, each with its own patch.
import { enumerated } from '../text/prose.ts';

/** `[2, 14, 5]`. */
export type Release = readonly [major: number, minor: number, patch: number];

export function readRelease(text: string): Release {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
  return [major, minor, patch];
}

export function readReleases(texts: readonly string[]): readonly Release[] {
  return texts.map(readRelease);
}

/**
 * Whether `version` has what came with `firsts`: the first release of each line that got it, the last of them being the first line
 * that had it from its start. Undefined: it was always there.
 */
export function isAvailable(version: Release, firsts: readonly Release[] | undefined): boolean {
  if (!firsts || firsts.length === 0) return true;
  const own = firsts.find(first => first[0] === version[0] && first[1] === version[1]);
  if (own) return version[2] >= own[2];
  const last = firsts[firsts.length - 1] as Release;
  return version[0] > last[0] || (version[0] === last[0] && version[1] > last[1]);
}

/** `2.11.2, 2.12.0` in words: "2.11.2 and 2.12.0". */
export function namesOf(releases: readonly Release[]): string {
  return enumerated(releases.map(release => release.join('.')));
}
