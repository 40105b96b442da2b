// Who in the workspace would accept the token under the mouse, in a few lines behind what the token says.
import type { VerifierAnswer } from '../checks/token-report.ts';
import { code } from '../core/jwt/hover.ts';
import type { Platform } from './platform.ts';
import type { Session } from './session.ts';
import { verifiersHere } from './workspace-verifiers.ts';

/** Milliseconds that a hover waits: while the folders are still being loaded, it does without. */
const patience = 500;

/** Verifiers that are named; "Check Token…" names all. */
const most = 4;

/** Markdown; undefined where nobody in the workspace checks tokens, or where that takes too long to tell. */
export function acceptance(session: Session, platform: Platform, token: string, uri: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = platform.timers.after(patience, () => resolve(undefined));
    answers(session, platform, token, uri)
      .then(found => resolve(found.length > 0 ? inWords(found) : undefined), reject)
      .finally(cancel);
  });
}

async function answers(session: Session, platform: Platform, token: string, uri: string): Promise<readonly VerifierAnswer[]> {
  const { checkToken } = await import('../checks/token-report.ts');
  const { verifiers } = await verifiersHere(session, token, uri);
  if (verifiers.length === 0) return [];
  return (await checkToken(token, { now: platform.clock(), verifiers })).verifiers;
}

function inWords(all: readonly VerifierAnswer[]): string {
  const sorted = [true, false, null].flatMap(accepts => all.filter(answer => answer.accepts === accepts));
  const lines = sorted.slice(0, most).map(({ name, path, accepts, why }) => {
    const who = path === null ? code(name) : `${code(name)} (${code(path)})`;
    if (accepts) return `- ${who} accepts it.`;
    return `- ${who} ${accepts === null ? 'cannot be judged here' : 'refuses it'}: ${why[0] ?? ''}`;
  });
  const left = sorted.length - lines.length;
  return ['In this workspace:\n', ...lines, ...(left > 0 ? [`- and ${left} more`] : [])].join('\n');
}
