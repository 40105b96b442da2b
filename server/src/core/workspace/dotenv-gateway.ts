// A dotenv file that a program reads by itself, without Compose, as somebody who is shown tokens.
import type { AuthVariable, ServiceAuth } from '../compose/auth-variables.ts';
import { type Gateway, gatewayOf } from '../compose/gateway.ts';
import type { DotenvModel } from '../dotenv/model.ts';
import { meaningOf } from '../environment/meaning.ts';
import type { Meaning } from '../facts/compose-dialects.ts';
import type { Settings } from '../lint/settings.ts';

const known = new WeakMap<DotenvModel, { readonly settings: Settings; readonly gateway: Gateway | undefined }>();

/** Undefined for a file that sets no key, and for an example that is there to be copied. */
export function dotenvGateway(model: DotenvModel, settings: Settings): Gateway | undefined {
  const before = known.get(model);
  if (before?.settings === settings) return before.gateway;
  const gateway = model.purpose === 'example' ? undefined : gatewayOf(authOfFile(model, settings));
  known.set(model, { settings, gateway });
  return gateway;
}

function authOfFile({ id, file }: DotenvModel, settings: Settings): ServiceAuth {
  const variables: AuthVariable[] = [];
  const byMeaning = new Map<Meaning, AuthVariable[]>();
  // The last of several of one name counts.
  for (const statement of new Map(file.statements.map(one => [one.name, one])).values()) {
    const meaning = meaningOf(statement.name, settings);
    if (!meaning || statement.raw === undefined) continue;
    const { name, span, nameSpan, valueSpan, raw } = statement;
    const guess = statement.quote !== "'" && raw.includes('$');
    const entry = {
      name,
      value: raw,
      type: 'string',
      form: 'env-file',
      file: id,
      span,
      nameSpan,
      valueSpan,
      template: raw,
      guess,
    } as const;
    const variable = { entry: { ...entry, quoted: false, uses: [], through: [], hides: undefined }, meaning };
    variables.push(variable);
    byMeaning.set(meaning.meaning, [...(byMeaning.get(meaning.meaning) ?? []), variable]);
  }
  return { variables, switches: [], byMeaning };
}
