// Finds the rules: `<folder>/rules/**/<name>.ts` with `<name>.md` beside it. The id is the page's heading.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const core = 'server/src/core';

/** Every rule module and page below `root` (which ends with a slash), ordered by id: { id, module, path }. */
export function findRulePages(root) {
  const found = [];
  for (const entry of readdirSync(`${root}${core}`, { recursive: true })) {
    const path = entry.replaceAll('\\', '/');
    if (!/(^|\/)rules\/.*\.md$/.test(path)) continue;
    const module = path.replace(/\.md$/, '.ts');
    if (!existsSync(`${root}${core}/${module}`)) throw new Error(`${path} has no rule beside it`);
    const id = /^# (\S+\/\S+)\s*$/m.exec(readFileSync(`${root}${core}/${path}`, 'utf8'))?.[1];
    if (!id) throw new Error(`${path} does not begin with "# <rule id>"`);
    found.push({ id, module: `${core}/${module}`, path: `${core}/${path}` });
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}
