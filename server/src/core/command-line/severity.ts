// How much a finding about a command counts: what tests, examples and documentation show is shown, not run.
import { isForShow } from '../jwt/file-kind.ts';
import type { CommandModel } from './model.ts';

export function mildness({ fileKind }: CommandModel): { readonly severity?: 'information' } {
  return isForShow(fileKind) ? { severity: 'information' } : {};
}
