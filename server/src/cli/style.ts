// Colours, or none.
import type { Severity } from '../core/lint/finding.ts';

export type Paint = (text: string) => string;

export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly path: Paint;
  readonly added: Paint;
  readonly removed: Paint;
  readonly severity: Readonly<Record<Severity, Paint>>;
}

const plain: Paint = text => text;

function sgr(open: string, close = '0'): Paint {
  return text => (text === '' ? '' : `\u001b[${open}m${text}\u001b[${close}m`);
}

export const plainStyle: Style = {
  bold: plain,
  dim: plain,
  path: plain,
  added: plain,
  removed: plain,
  severity: { error: plain, warning: plain, information: plain, hint: plain },
};

export const colourStyle: Style = {
  bold: sgr('1', '22'),
  dim: sgr('2', '22'),
  path: sgr('36', '39'),
  added: sgr('32', '39'),
  removed: sgr('31', '39'),
  severity: { error: sgr('1;31'), warning: sgr('1;33'), information: sgr('1;34'), hint: sgr('1;35') },
};
