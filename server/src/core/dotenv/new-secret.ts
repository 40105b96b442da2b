// A new secret in place of one that is weak. A shell makes it when somebody asks for it.
import type { EnvStatement } from '../environment/env-file.ts';
import type { VariableMeaning } from '../environment/meaning.ts';
import type { PreparedFix } from '../lint/finding.ts';
import type { FileId } from '../text/file-id.ts';

/** Nothing where the product wants a secret of a certain shape. Spread into a report. */
export function newSecret(
  file: FileId,
  { valueSpan, raw }: EnvStatement,
  { meaning, encoding }: VariableMeaning,
): { readonly prepared?: PreparedFix } {
  if (meaning !== 'jwt-secret' || encoding !== undefined) return {};
  const edits = (secret: string) => [{ file, span: valueSpan, newText: secret }];
  return { prepared: { title: 'Generate a strong secret', work: 'secret', input: () => raw ?? '', edits } };
}
