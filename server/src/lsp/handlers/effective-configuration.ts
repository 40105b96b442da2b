// What takes effect of a file once everything that it refers to is resolved, for a person and without secrets.
import type { LanguageId } from '../../core/language.ts';
import type { EffectiveConfigurationParams, EffectiveConfigurationResult } from '../../protocol.ts';
import type { ServerContext } from '../server.ts';

/** Languages that the texts are written in, by the language of the file. */
const writtenIn: Readonly<Partial<Record<LanguageId, NonNullable<EffectiveConfigurationResult>['language']>>> = {
  'nats-conf': 'nats-conf',
  compose: 'yaml',
  dotenv: 'dotenv',
};

export async function effectiveConfiguration(
  { session }: ServerContext,
  { uri }: EffectiveConfigurationParams,
): Promise<EffectiveConfigurationResult> {
  const subject = session.subjectOf(uri);
  if (!subject) return null;
  await subject.scope.prepare(subject.id);
  const { analyzer } = subject.scope;
  const text = analyzer.effective(subject.id);
  const language = writtenIn[analyzer.owner(subject.id)?.language.id ?? 'jwt'];
  return text === undefined || language === undefined ? null : { text, language };
}
