// `authlint rules`: every rule there is.
import { pageUrl } from '../core/facts/product.ts';
import { ruleFacts } from '../core/facts/rules.ts';
import { colourStyle, plainStyle } from './style.ts';
import { exitCodes, type Terminal } from './terminal.ts';

export function listRules({ json }: { readonly json?: boolean }, terminal: Terminal): number {
  const facts = [...ruleFacts.values()];
  if (json) {
    const rows = facts.map(({ id, severity, stage, summary, fixable, page }) => ({
      id,
      severity,
      stage,
      summary,
      fixable,
      page: pageUrl(page),
    }));
    terminal.out(`${JSON.stringify(rows, null, 2)}\n`);
    return exitCodes.clean;
  }
  const style = terminal.colours ? colourStyle : plainStyle;
  const width = Math.max(...facts.map(fact => fact.id.length));
  for (const { id, severity, stage, summary, fixable } of facts) {
    const notes = [stage ? `refused at ${stage}` : '', fixable ? 'has a fix' : ''].filter(Boolean).join(', ');
    terminal.out(
      `${style.bold(id.padEnd(width))}  ${style.severity[severity](severity.padEnd(11))}  ${summary}${notes ? style.dim(` (${notes})`) : ''}\n`,
    );
  }
  return exitCodes.clean;
}
