// Commands that people type credentials into, in scripts, documentation and pipelines: a language that lives inside of other files.
import type { Language } from '../language.ts';
import { completeAt } from './completion.ts';
import { hoverAt } from './hover.ts';
import { buildModel, type CommandModel } from './model.ts';
import { rules } from './rules/index.ts';
import { type CommandSummary, summarizeCommands } from './summary.ts';

export { type CommandSummary, isDevelopmentHeader, type SentHeader, type SentTokenSummary } from './summary.ts';

interface CommandLanguage extends Language<CommandModel> {
  summarize(model: CommandModel): CommandSummary | undefined;
}

export const commandLine: CommandLanguage = {
  id: 'command-line',
  build: buildModel,
  rules,
  isEmpty: ({ invocations }) => invocations.length === 0,
  summarize: summarizeCommands,
  hover: hoverAt,
  complete: completeAt,
};
