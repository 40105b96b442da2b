// Is a `.conf` file whose name says nothing a NATS configuration? Many programs have files of that kind, some in almost the same syntax.
import { type BlockFact, natsBlock, type ValueForm } from '../facts/nats-options.ts';
import { newestNatsServer } from '../lint/settings.ts';
import { parseNatsConf } from './parser.ts';
import type { MapNode, ValueNode } from './tree.ts';

/** The beginning of a file says enough. */
const mostLength = 64 * 1024;

/** Section headers of INI, TOML and systemd files; tags of Apache and XML files. */
const foreign = /^[ \t]*(\[[\w .:"-]+\]{1,2}[ \t]*$|<[/?!A-Za-z])/m;

/** Keys at the top level that mean NATS and hardly anything else. */
const telling = new Set([
  'jetstream',
  'leafnodes',
  'leafnode',
  'no_auth_user',
  'system_account',
  'no_system_account',
  'resolver_preload',
  'trusted_keys',
  'max_control_line',
  'max_payload',
  'lame_duck_duration',
  'client_advertise',
  'default_js_domain',
]);
const tellingUrl = /\bnats(-route|-leaf)?:\/\/|\btls:\/\/[^\s"']*:(4222|7422)\b/;
const tellingKey =
  /^\s*["']?(?:authorization|accounts|tls|cluster|gateway|listen|port|operator|resolver|mqtt|websocket|include|system|sys_acc|http|debug|trace|server_name|max_)/im;

interface Tally {
  known: number;
  unknown: number;
}

/** Judges by what the keys say: most of them must be options of nats-server in their places, and some must be its own. */
export function looksLikeNatsConf(text: string): boolean {
  const head = text.slice(0, mostLength);
  if (foreign.test(head)) return false;
  const isHinted = tellingUrl.test(head) || [...telling].some(key => head.includes(key)) || tellingKey.test(head);
  if (!isHinted) return false;
  const { tree, errors } = parseNatsConf(head, { version: newestNatsServer });
  const mistakes = errors.filter(problem => problem.refused && problem.kind !== 'unclosed-map' && problem.kind !== 'unclosed-array').length;
  const tally: Tally = { known: 0, unknown: 0 };
  tallyMap(tree, natsBlock('server'), tally);
  // A key that somebody refers to as a variable is none of the options, but speaks for nothing else either.
  const evidence = tree.statements.some(entry => entry.kind === 'pair' && telling.has(entry.key.toLowerCase())) || tellingUrl.test(head);
  if (tally.known <= tally.unknown + mistakes) return false;
  if (evidence) return true;
  return mistakes === 0 && tally.known >= 3 && tally.unknown * 4 <= tally.known && hasBlock(tree);
}

/** Flat lists of `key value` are written by too many programs. */
function hasBlock(tree: MapNode): boolean {
  return tree.statements.some(
    entry => entry.kind === 'pair' && entry.value.kind === 'map' && natsBlock('server').bySpelling.has(entry.key.toLowerCase()),
  );
}

function tallyMap(map: MapNode, block: BlockFact, tally: Tally): void {
  for (const entry of map.statements) {
    if (entry.kind !== 'pair') continue;
    const option = block.bySpelling.get(entry.key.toLowerCase());
    if (option) {
      tally.known++;
      tallyValue(entry.value, option.forms, tally);
    } else if (!/^[A-Z][A-Z0-9_]*$/.test(entry.key)) tally.unknown++;
  }
}

function tallyValue(value: ValueNode, forms: readonly ValueForm[], tally: Tally): void {
  for (const form of forms) {
    if (form.kind === 'block' && value.kind === 'map') return void tallyMap(value, natsBlock(form.block), tally);
    if (form.kind === 'map' && value.kind === 'map') {
      for (const entry of value.statements) if (entry.kind === 'pair') tallyValue(entry.value, form.of, tally);
      return;
    }
    if (form.kind === 'list' && value.kind === 'array') {
      for (const item of value.items) tallyValue(item, form.of, tally);
      return;
    }
  }
}
