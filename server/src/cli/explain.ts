// `authlint explain`: the page of a rule.
import { ruleFacts } from '../core/facts/rules.ts';
import { printable } from './printable.ts';
import { readRulePages } from './rule-pages.ts';
import { exitCodes, type Terminal } from './terminal.ts';

/** `topic` is a rule's id; a name without its family does where only one rule has it. */
export function explain(topic: string, terminal: Terminal): number {
  const wanted = topic.trim();
  const ids = [...ruleFacts.keys()].filter(id => id === wanted || id.endsWith(`/${wanted}`));
  const page = ids.length === 1 ? readRulePages(terminal.dist)[ids[0] as string] : undefined;
  if (page === undefined) {
    terminal.out('No known explanation.\n');
    return exitCodes.findings;
  }
  terminal.out(`${printable(page.trimEnd())}\n`);
  return exitCodes.clean;
}
