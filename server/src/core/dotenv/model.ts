// A dotenv file by itself: its statements as Compose reads them, and what the file is for.
import { type EnvFile, type EnvStatement, evaluateEnvFile, isExampleName, parseEnvFile } from '../environment/env-file.ts';
import { fileMeaningOf, meaningOf, secretMeanings, type VariableMeaning } from '../environment/meaning.ts';
import type { KeyFile } from '../jwt/key-text.ts';
import type { BuildContext, SourceFile } from '../language.ts';
import type { Settings } from '../lint/settings.ts';
import { directoryOf, type FileId, joinPath, nameOf, pathWithin } from '../text/file-id.ts';
import type { Span } from '../text/span.ts';

export interface DotenvModel {
  readonly id: FileId;
  readonly text: string;
  readonly file: EnvFile;
  /** A `${…}` that cannot be read. */
  readonly malformed: Span | undefined;
  readonly purpose: 'use' | 'example' | 'tests' | 'development';
  /** Whether a Compose file stands beside it, so that Compose reads it. */
  readonly besideCompose: boolean;
  readonly secrets: readonly DotenvSecret[];
  /** Files of keys that are here, by the variable that names each. */
  readonly keyFiles: ReadonlyMap<string, KeyFile>;
}

/** A variable with a secret meaning and a value of its own. */
export interface DotenvSecret {
  readonly statement: EnvStatement;
  readonly meaning: VariableMeaning;
  /** The value, without quotes. */
  readonly value: string;
}

const composeNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

export function buildDotenv({ id, text }: SourceFile, context: BuildContext): DotenvModel {
  const file = parseEnvFile(text);
  const secrets: DotenvSecret[] = [];
  for (const statement of file.statements) {
    const meaning = meaningOf(statement.name, context.settings);
    const value = statement.raw;
    if (meaning && value && secretMeanings.has(meaning.meaning) && !value.includes('$')) secrets.push({ statement, meaning, value });
  }
  return {
    ...{ id, text, file, secrets },
    keyFiles: keyFilesOf(id, file, context),
    malformed: evaluateEnvFile(file, () => undefined, new Map()).malformed,
    purpose: purposeOf(id, context.settings),
    besideCompose: composeNames.some(name => typeof context.read(joinPath(directoryOf(id), name)) !== 'string'),
  };
}

/** A program reads paths from where it is started, which is the folder of its environment file as a rule. */
function keyFilesOf(id: FileId, { statements }: EnvFile, context: BuildContext): ReadonlyMap<string, KeyFile> {
  const found = new Map<string, KeyFile>();
  for (const { name, raw = '' } of statements) {
    if (!/^[\w./-]*[\w-]\.[a-z]{3,4}$/i.test(raw) || raw.startsWith('/') || !fileMeaningOf(name)) continue;
    const path = joinPath(directoryOf(id), raw);
    const source = context.read(path);
    if (typeof source !== 'string') found.set(name, { file: path, text: source.text });
  }
  return found;
}

function purposeOf(id: FileId, settings: Settings): DotenvModel['purpose'] {
  const name = nameOf(id);
  if (isExampleName(name)) return 'example';
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  const folders = (settings.root === undefined ? undefined : pathWithin(settings.root, id))?.split('/').slice(0, -1) ?? [];
  if (words.some(word => ['test', 'tests', 'testing', 'ci', 'e2e'].includes(word))) return 'tests';
  if (folders.some(folder => /^(?:tests?|__tests__|e2e|ci|fixtures?|testdata|examples?|samples?|demos?)$/i.test(folder))) return 'tests';
  return words.some(word => ['dev', 'development', 'local'].includes(word)) ? 'development' : 'use';
}
