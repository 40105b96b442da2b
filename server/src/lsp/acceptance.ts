// Who in the workspace would accept the token under the mouse, in a few lines behind what the token says.
import type { VerifierAnswer } from '../checks/token-report.ts';
import { readCompact } from '../core/jwt/compact.ts';
import { code } from '../core/jwt/hover.ts';
import { isNats } from '../core/jwt/kind.ts';
import { grouped } from '../core/text/group.ts';
import { enumerated } from '../core/text/prose.ts';
import type { Platform } from './platform.ts';
import type { Session } from './session.ts';
import { verifiersHere } from './workspace-verifiers.ts';

/** Milliseconds that a hover waits: while the folders are still being loaded, it does without. */
const patience = 500;

/** Answers that are given, and verifiers that are named with one; "Check Token…" names all. */
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
  const kind = readCompact(token).token?.kind;
  // Nobody shows a token of NATS to a web service, or the other way round: that they refuse it is no news.
  const ofItsWorld = verifiers.filter(({ key }) => (key.kind === 'nats') === (kind !== undefined && isNats(kind)));
  if (ofItsWorld.length === 0) return [];
  return (await checkToken(token, { now: platform.clock(), verifiers: ofItsWorld })).verifiers;
}

/** Verifiers that say the same share a line. */
function inWords(all: readonly VerifierAnswer[]): string {
  const sorted = [true, false, null].flatMap(accepts => all.filter(answer => answer.accepts === accepts));
  const groups = [...grouped(sorted, ({ accepts, why }) => `${accepts}: ${accepts ? '' : (why[0] ?? '')}`).values()];
  const lines = groups.slice(0, most).map(group => {
    const [first] = group as [VerifierAnswer];
    const many = group.length > 1;
    if (first.accepts) return `- ${namesOf(group)} ${many ? 'accept' : 'accepts'} it.`;
    const answer = first.accepts === null ? 'cannot be judged here' : `${many ? 'refuse' : 'refuses'} it`;
    return `- ${namesOf(group)} ${answer}: ${first.why[0] ?? ''}`;
  });
  const left = groups.slice(most).flat().length;
  return ['In this workspace:\n', ...lines, ...(left > 0 ? [`- and ${left} more`] : [])].join('\n');
}

function namesOf(group: readonly VerifierAnswer[]): string {
  const names = group.slice(0, most).map(({ name, path }) => (path === null ? code(name) : `${code(name)} (${code(path)})`));
  return enumerated(group.length > most ? [...names, `${group.length - most} more`] : names);
}
