// Values that the target server does not take, sorted by the rule that speaks about them.
import type { Setting } from './blocks.ts';
import type { NatsConf } from './model.ts';
import { overlookedSystemAccounts } from './system-account.ts';
import type { Misfit } from './value-form.ts';

export type MisfitOwner = 'wrong-type' | 'unquoted-secret' | 'permission-shape' | 'option-too-new' | 'invalid-value' | 'out-of-range';

export interface OwnedMisfit {
  readonly setting: Setting;
  readonly misfit: Misfit;
}

/** Misfits that one rule speaks about, in the order of the text. */
export function* misfitsOf(conf: NatsConf, owner: MisfitOwner): Generator<OwnedMisfit> {
  const overlooked = overlookedSystemAccounts(conf.root);
  for (const setting of conf.index.misfitting) {
    if (overlooked.includes(setting)) continue;
    for (const misfit of setting.misfits) if (ownerOf(setting, misfit) === owner) yield { setting, misfit };
  }
}

const permissionBlocks = new Set(['permissions', 'subject_permission', 'allow_responses']);
const secretFormats = new Set(['password', 'token', 'secret', 'user']);

function ownerOf({ block, option }: Setting, { kind, value, since }: Misfit): MisfitOwner {
  if (since) return 'option-too-new';
  if (kind === 'value') return 'invalid-value';
  if (kind === 'range') return 'out-of-range';
  if (kind === 'warns') return 'wrong-type';
  if (permissionBlocks.has(block.fact.name) || option.forms.some(form => form.kind === 'block' && permissionBlocks.has(form.block))) {
    return 'permission-shape';
  }
  const scalar = value.kind !== 'map' && value.kind !== 'array';
  return scalar && secretFormats.has(option.format ?? '') ? 'unquoted-secret' : 'wrong-type';
}
