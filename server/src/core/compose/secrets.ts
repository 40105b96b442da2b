// Secrets of a service with what rules ask of each: where it is written, and how weak it is.
import { isEnvFileName } from '../environment/env-file.ts';
import { secretMeanings } from '../environment/meaning.ts';
import { leastBytes, type SecretWeakness, weaknessOf } from '../environment/secret-quality.ts';
import { nameOf } from '../text/file-id.ts';
import { remember } from '../text/remember.ts';
import type { Span } from '../text/span.ts';
import { type AuthVariable, type ServiceAuth, type Source, sourceOf } from './auth-variables.ts';

export interface Secret extends AuthVariable {
  readonly source: Source;
  /** Undefined for a good secret, and where the value is no secret itself but a path or a key in PEM. */
  readonly weakness: SecretWeakness | undefined;
  /** Whether it is written in a Compose file, or in a file that nobody would take for one with secrets. */
  readonly inComposeFile: boolean;
}

/** Secrets that have a value here, with the place of their text. A value put together from several parts is left out. */
export const secretsOf = remember((auth: ServiceAuth): readonly Secret[] => {
  const algorithm = auth.variables.find(({ meaning }) => meaning.meaning === 'algorithm')?.entry.value;
  const secrets: Secret[] = [];
  for (const variable of auth.variables) {
    const { entry, meaning } = variable;
    if (!secretMeanings.has(meaning.meaning) || meaning.meaning === 'token' || entry.value === undefined || entry.value === '') continue;
    const source = sourceOf(entry);
    if (source.text === undefined || source.text === '') continue;
    const signing = meaning.meaning === 'jwt-secret';
    const demand = { least: meaning.least ?? (signing ? leastBytes(algorithm) : undefined), encoding: meaning.encoding };
    const weakness = meaning.list ? undefined : weaknessOf(source.text, demand);
    secrets.push({ ...variable, source, weakness, inComposeFile: !isEnvFileName(nameOf(source.place.file)) });
  }
  return secrets;
});

/** A secret that stands in the default of `${NAME:-secret}`, whether the default is used here or not. */
export interface SecretDefault {
  readonly variable: string;
  /** The default's text. */
  readonly text: string;
  readonly span: Span;
  /** The whole `${…}`. */
  readonly reference: Span;
  readonly weakness: SecretWeakness | undefined;
}

/** The default of a variable, where it is plain text. */
export function defaultOf({ entry, meaning }: AuthVariable): SecretDefault | undefined {
  const use = entry.uses.length === 1 ? entry.uses[0] : undefined;
  const match = /^\$\{(\w+):?-([^$]+)\}$/s.exec(entry.template ?? '');
  if (!use?.operand || !match || !use.operator?.endsWith('-') || use.file !== entry.file) return undefined;
  const text = match[2] as string;
  const least = meaning.least ?? (meaning.meaning === 'jwt-secret' ? leastBytes(undefined) : undefined);
  return {
    variable: use.name,
    text,
    span: use.operand,
    reference: use.span,
    weakness: weaknessOf(text, { least, encoding: meaning.encoding }),
  };
}

/** What is wrong with a weak secret, in words that follow "is". */
export function describeWeakness(weakness: SecretWeakness): string {
  switch (weakness.kind) {
    case 'published':
      return `published: it stands in ${weakness.of}`;
    case 'placeholder':
      return 'a placeholder that was to be replaced';
    case 'trivial':
      return 'among the first that anybody tries';
    case 'short':
      return `${weakness.bytes} bytes long, and its algorithm needs ${weakness.least}`;
    case 'monotonous':
      return 'made of few different characters';
  }
}

/** Whether somebody logs in with it, so that the usual ones are tried. */
export function isLogin({ meaning }: AuthVariable): boolean {
  return (
    meaning.meaning === 'admin-password' ||
    meaning.meaning === 'broker-password' ||
    (meaning.defaults !== undefined && meaning.meaning === 'api-secret')
  );
}
