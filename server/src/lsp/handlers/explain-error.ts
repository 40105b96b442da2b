// What an error means that a person pasted or selected, with the places of the workspace behind it.
import type { ExplainErrorParams, ExplainErrorResult } from '../../protocol.ts';
import type { ServerContext } from '../server.ts';
import type { Subject } from '../session.ts';
import { toRange } from '../to-lsp.ts';

type Where = Omit<Subject, 'id'>;

export async function explainError({ session }: ServerContext, { text, uri }: ExplainErrorParams): Promise<ExplainErrorResult | null> {
  // The catalogue is loaded when somebody asks for it.
  const [{ explainError: explain }, report] = await Promise.all([
    import('../../core/auth-errors/explain-error.ts'),
    import('../../checks/error-report.ts'),
  ]);
  const explanations = explain(text);
  const [first] = explanations;
  if (!first) return null;
  await Promise.all(session.subjects().map(({ scope }) => scope.loaded()));
  const here = uri === undefined ? undefined : session.subjectOf(uri);
  const causesIn = (where: readonly Where[]) =>
    where.flatMap(one => report.causesOf(first, one.scope.analyzer).map(cause => ({ ...cause, where: one })));
  // A log that is pasted into a new file belongs to no folder.
  const near = here ? causesIn([here]) : [];
  const causes = near.length > 0 ? near : causesIn(session.subjects());
  const origin = new Map(causes.map(({ at, where }) => [at, where]));
  return { markdown: report.renderExplanations(explanations, causes, at => linkTo(at, origin.get(at))) };

  function linkTo({ file, span }: (typeof causes)[number]['at'], whose: Where | undefined): string {
    if (!whose) return file;
    const { start } = toRange(file, span, whose.places);
    const name = file.slice(whose.scope.root.length + 1) || file;
    return `[${name}:${start.line + 1}](${whose.places.uriOf(file)}#L${start.line + 1},${start.character + 1})`;
  }
}
