// What an option of a command means, and what a program is for.
import type { Hover } from '../language.ts';
import { touches } from '../text/span.ts';
import type { CommandModel } from './model.ts';

export function hoverAt({ invocations }: CommandModel, offset: number): Hover | undefined {
  for (const { program, programSpan, fact, options } of invocations) {
    if (touches(programSpan, offset)) return { span: programSpan, markdown: `\`${program}\`: ${fact.says}` };
    const option = options.find(({ nameSpan, fact: known }) => known && touches(nameSpan, offset));
    if (option?.fact) return { span: option.nameSpan, markdown: `\`${program} ${option.fact.name}\`: ${option.fact.says}` };
  }
  return undefined;
}
