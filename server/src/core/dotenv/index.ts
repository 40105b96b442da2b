// Dotenv files as a language.
import { describeVariable } from '../environment/constraints.ts';
import type { EnvStatement } from '../environment/env-file.ts';
import { describeMeaning, meaningOf, secretMeanings, switchOf, type VariableMeaning } from '../environment/meaning.ts';
import type { SwitchFact } from '../facts/compose-dialects.ts';
import type { BuildContext, Hover, Language } from '../language.ts';
import { touches } from '../text/span.ts';
import { withoutUrlCredentials } from '../text/url-credentials.ts';
import { completeAt } from './completion.ts';
import { buildDotenv, type DotenvModel } from './model.ts';
import { rules } from './rules/index.ts';

export const dotenv: Language<DotenvModel> = {
  id: 'dotenv',
  build: buildDotenv,
  rules,
  summarize: model => model,
  hover: hoverAt,
  complete: completeAt,
  effective,
  inspect,
};

/** What the variable at an offset means; never its value. */
function hoverAt({ file }: DotenvModel, offset: number, { settings }: BuildContext): Hover | undefined {
  const statement = file.statements.find(candidate => touches(candidate.span, offset));
  if (!statement) return undefined;
  const described = describeVariable(statement.name, settings);
  if (!described) return undefined;
  const { product, sentences } = described;
  const lines = [`**\`${statement.name}\`**${product ? ` · ${product}` : ''}`, ...sentences];
  if (statement.raw === undefined) lines.push('Its value is taken from the environment that Compose runs in.');
  else if (statement.raw === '') lines.push('It is empty.');
  return { span: touches(statement.nameSpan, offset) ? statement.nameSpan : statement.span, markdown: lines.join('\n\n') };
}

interface ShownVariable {
  readonly statement: EnvStatement;
  readonly meaning: VariableMeaning | undefined;
  readonly fact: SwitchFact | undefined;
  /** Undefined where the environment gives it; a secret is `<redacted>`. */
  readonly value: string | undefined;
}

/** Variables that have to do with authentication. */
function authVariables({ file }: DotenvModel, { settings }: BuildContext): readonly ShownVariable[] {
  return file.statements.flatMap(statement => {
    const meaning = meaningOf(statement.name, settings);
    const fact = switchOf(statement.name, settings);
    if (!meaning && !fact) return [];
    const secret = meaning !== undefined && secretMeanings.has(meaning.meaning);
    return [{ statement, meaning, fact, value: secret && statement.raw ? '<redacted>' : statement.raw }];
  });
}

function inspect(model: DotenvModel, context: BuildContext): unknown {
  const variables = authVariables(model, context);
  return Object.fromEntries(
    variables.map(({ statement, meaning, fact, value }) => [
      statement.name,
      { meaning: meaning?.meaning ?? fact?.kind, value: value ?? null },
    ]),
  );
}

/** The same in the syntax of the file, with the meaning of each variable above it. */
function effective(model: DotenvModel, context: BuildContext): string {
  const variables = authVariables(model, context);
  if (variables.length === 0) return '# No variable here has to do with authentication.\n';
  return variables
    .map(({ statement, meaning, fact, value }) => {
      const says = meaning ? describeMeaning(meaning) : fact?.says;
      return `${says ? `# ${says.replace(/\s+/g, ' ')}\n` : ''}${statement.name}${value === undefined ? '' : `=${withoutUrlCredentials(value)}`}\n`;
    })
    .join('\n');
}
