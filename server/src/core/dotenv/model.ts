// A dotenv file by itself: its statements as Compose reads them, and what the file is for.
import { type EnvFile, type EnvStatement, evaluateEnvFile, isExampleName, parseEnvFile } from '../environment/env-file.ts';
import { meaningOf, secretMeanings, type VariableMeaning } from '../environment/meaning.ts';
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
    malformed: evaluateEnvFile(file, () => undefined, new Map()).malformed,
    purpose: purposeOf(id, context.settings),
    besideCompose: composeNames.some(name => typeof context.read(joinPath(directoryOf(id), name)) !== 'string'),
  };
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
