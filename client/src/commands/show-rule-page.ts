// "Authlint: Show Rule Page…": the page of one rule. A click on a finding's code leads to the same page.
import { window } from 'vscode';
import { rulePageUri } from '../views/pages.ts';
import type { Command } from './index.ts';

/** `rule` is an id; without one the person chooses. */
export const showRulePage: Command = async ({ pages }, rule) => {
  const all = await pages.rulePages();
  const id = typeof rule === 'string' ? rule : await pickRule(all);
  if (id === undefined) return;
  if (all.has(id)) await pages.show(rulePageUri(id), 'beside');
  else await window.showWarningMessage(`There is no page about "${id}" in this version of Authlint.`);
};

async function pickRule(pages: ReadonlyMap<string, string>): Promise<string | undefined> {
  const items = [...pages].map(([label, text]) => ({ label, detail: firstSentence(text) }));
  return (await window.showQuickPick(items, { title: 'Authlint: Show Rule Page', placeHolder: 'Which rule?', matchOnDetail: true }))?.label;
}

function firstSentence(page: string): string {
  return /^# .*\n+([\s\S]*?[.!?])(?=\s)/.exec(page)?.[1]?.replace(/\s+/g, ' ').replaceAll('`', '') ?? '';
}
