// Rules that look at all files of a workspace however many there are, and what they look at, as data that one thread can give another.
// All others look at files that are tied (`ties.ts`), so that each thread runs them over its own.
import type { LanguageId } from '../language.ts';
import type { RuleId } from '../lint/finding.ts';
import type { Rule } from '../lint/rule.ts';
import type { Settings } from '../lint/settings.ts';
import { fixedSpan } from '../text/moving-span.ts';
import { workspaceRules } from './index.ts';
import { inTurn, type PlacedTaker, placedTakers } from './token-takers.ts';
import { type FileSummary, summariesOf, type WorkspaceView } from './view.ts';

const overAll: ReadonlySet<RuleId> = new Set([
  'command/principal-header-with-oidc',
  'jwt/algorithm-mismatch',
  'jwt/audience-mismatch',
  'jwt/issuer-mismatch',
  'jwt/missing-scope',
  'jwt/signature-mismatch',
  'jwt/weak-secret',
  'platform/admin-email-case',
]);

export const rulesOverAll: readonly Rule<WorkspaceView>[] = workspaceRules.filter(({ id }) => overAll.has(id));

export const rulesOverTied: readonly Rule<WorkspaceView>[] = workspaceRules.filter(({ id }) => !overAll.has(id));

/** All that `rulesOverAll` look at. Secret where tokens are. */
export interface Outline {
  readonly summaries: readonly FileSummary[];
  readonly takers: readonly PlacedTaker[];
}

/** Languages whose summaries are data. */
const outlined: readonly LanguageId[] = ['jwt', 'command-line', 'platform-config'];

export function outlineOf(view: WorkspaceView): Outline {
  const summaries = outlined.flatMap(language =>
    summariesOf(view, language)
      .filter(({ summary }) => !(Array.isArray(summary) && summary.length === 0))
      .map(({ file, summary }) => ({ file, language, summary: sendable(summary) })),
  );
  return { summaries, takers: sendable(placedTakers(view)) };
}

/** A view for `rulesOverAll` alone. */
export function viewOfOutlines(outlines: readonly Outline[], settings: Settings): WorkspaceView {
  const files = new Map<string, FileSummary[]>();
  for (const summary of outlines.flatMap(({ summaries }) => summaries)) {
    const known = files.get(summary.file);
    if (known) known.push(summary);
    else files.set(summary.file, [summary]);
  }
  return { settings, files, takers: inTurn(outlines.flatMap(({ takers }) => takers)) };
}

/** A copy that another thread can be given: places that move with a text become those that they are now. */
function sendable<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || value instanceof Set || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(sendable) as Value;
  if ('start' in value && 'end' in value) return fixedSpan(value as { start: number; end: number }) as Value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sendable(item)])) as Value;
}
