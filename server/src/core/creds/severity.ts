// How much a finding counts by what the file is for. The one place that decides it for all rules about credentials.
import { isForShow } from '../jwt/file-kind.ts';
import type { Severity } from '../lint/finding.ts';
import type { CredsModel } from './model.ts';

/** In fixtures, tests, examples and documentation nothing is more than information. */
export function milder({ fileKind }: CredsModel): { readonly severity?: Severity } {
  return isForShow(fileKind) ? { severity: 'information' } : {};
}
