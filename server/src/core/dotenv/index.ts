// Dotenv files as a language.
import { describeMeaning, meaningOf, secretMeanings, switchOf } from '../environment/meaning.ts';
import type { BuildContext, Hover, Language } from '../language.ts';
import { touches } from '../text/span.ts';
import { buildDotenv, type DotenvModel } from './model.ts';
import { rules } from './rules/index.ts';

export const dotenv: Language<DotenvModel> = {
  id: 'dotenv',
  build: buildDotenv,
  rules,
  hover: hoverAt,
  inspect,
};

/** What the variable at an offset means; never its value. */
function hoverAt({ file }: DotenvModel, offset: number, { settings }: BuildContext): Hover | undefined {
  const statement = file.statements.find(candidate => touches(candidate.span, offset));
  if (!statement) return undefined;
  const meaning = meaningOf(statement.name, settings);
  const fact = switchOf(statement.name, settings);
  if (!meaning && !fact) return undefined;
  const product = meaning?.product ?? fact?.product;
  const lines = [`**\`${statement.name}\`**${product ? ` · ${product}` : ''}`];
  if (meaning) lines.push(describeMeaning(meaning));
  if (fact) lines.push(`When it is \`${fact.opens.replace('=', '')}\`: ${fact.says}`);
  if (statement.raw === undefined) lines.push('Its value is taken from the environment that Compose runs in.');
  else if (statement.raw === '') lines.push('It is empty.');
  return { span: touches(statement.nameSpan, offset) ? statement.nameSpan : statement.span, markdown: lines.join('\n\n') };
}

/** Variables of authentication with their meaning; secrets are replaced by `<redacted>`. */
function inspect({ file }: DotenvModel, { settings }: BuildContext): unknown {
  const variables: Record<string, unknown> = {};
  for (const { name, raw } of file.statements) {
    const meaning = meaningOf(name, settings);
    const fact = switchOf(name, settings);
    if (!meaning && !fact) continue;
    const secret = meaning !== undefined && secretMeanings.has(meaning.meaning);
    variables[name] = { meaning: meaning?.meaning ?? fact?.kind, value: secret && raw ? '<redacted>' : (raw ?? null) };
  }
  return variables;
}
