// A dotenv file that a program reads by itself, without Compose, as somebody who is shown tokens.
import type { AuthVariable, KeyFileVariable, ServiceAuth } from '../compose/auth-variables.ts';
import { type Gateway, gatewayOf } from '../compose/gateway.ts';
import type { EnvironmentEntry } from '../compose/service.ts';
import type { DotenvModel } from '../dotenv/model.ts';
import type { EnvStatement } from '../environment/env-file.ts';
import { fileMeaningOf, meaningOf } from '../environment/meaning.ts';
import type { Meaning } from '../facts/compose-dialects.ts';
import type { Settings } from '../lint/settings.ts';
import type { FileId } from '../text/file-id.ts';

const known = new WeakMap<DotenvModel, { readonly settings: Settings; readonly gateway: Gateway | undefined }>();

/** Undefined for a file that sets no key, and for an example that is there to be copied. */
export function dotenvGateway(model: DotenvModel, settings: Settings): Gateway | undefined {
  const before = known.get(model);
  if (before?.settings === settings) return before.gateway;
  const gateway = model.purpose === 'example' ? undefined : gatewayOf(authOfFile(model, settings));
  known.set(model, { settings, gateway });
  return gateway;
}

function authOfFile({ id, file, keyFiles: files }: DotenvModel, settings: Settings): ServiceAuth {
  const variables: AuthVariable[] = [];
  const keyFiles: KeyFileVariable[] = [];
  const byMeaning = new Map<Meaning, AuthVariable[]>();
  // The last of several of one name counts.
  for (const statement of new Map(file.statements.map(one => [one.name, one])).values()) {
    const entry = entryOf(statement, id);
    const keyFile = files.get(statement.name);
    const fileMeaning = keyFile && fileMeaningOf(statement.name);
    if (entry && fileMeaning) keyFiles.push({ entry, meaning: fileMeaning, keyFile });
    const meaning = meaningOf(statement.name, settings);
    if (!meaning || !entry) continue;
    const variable = { entry, meaning };
    variables.push(variable);
    byMeaning.set(meaning.meaning, [...(byMeaning.get(meaning.meaning) ?? []), variable]);
  }
  return { variables, switches: [], keyFiles, byMeaning };
}

/** A variable as a service would have it; undefined for one that takes its value from elsewhere. */
function entryOf({ name, span, nameSpan, valueSpan, raw, quote }: EnvStatement, file: FileId): EnvironmentEntry | undefined {
  if (raw === undefined) return undefined;
  return {
    ...{ name, span, nameSpan, valueSpan, file, value: raw, type: 'string', form: 'env-file', template: raw },
    ...{ guess: quote !== "'" && raw.includes('$'), quoted: false, flow: false, uses: [], through: [], hides: undefined },
  };
}
