// Which language a document is written in: its name may say nothing, and its content, or a file that includes it, all the more.
import type { LanguageOfParams, LanguageOfResult } from '../../protocol.ts';
import type { ServerContext } from '../server.ts';

export async function languageOf({ session }: Pick<ServerContext, 'session'>, { uri }: LanguageOfParams): Promise<LanguageOfResult> {
  const subject = session.subjectOf(uri);
  if (!subject) return null;
  // What includes it may not have been read yet.
  await subject.scope.loaded();
  const { analyzer } = subject.scope;
  return (analyzer.has(subject.id) && analyzer.result(subject.id).language) || null;
}
