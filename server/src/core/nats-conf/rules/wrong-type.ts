// nats-server wants each option in one kind of value and says little when it gets another: a panic's text, or a silent two million.
import type { ValueForm } from '../../facts/nats-options.ts';
import type { Fix } from '../../lint/finding.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Setting } from '../blocks.ts';
import { formsInWords, kindInWords, whereOf } from '../form-words.ts';
import { misfitsOf, type OwnedMisfit } from '../misfits.ts';
import type { NatsConf } from '../model.ts';
import { quoted, removalOf, textOfFile } from '../source-edits.ts';
import { convertedValue } from '../value-conversions.ts';
import type { EvaluatedValue } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/wrong-type',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    const reshaped = new Set<Setting>();
    for (const owned of misfitsOf(conf, 'wrong-type')) {
      const { setting, misfit } = owned;
      // One fix puts a whole list right, so that one finding speaks for all of its entries.
      if (reshaped.has(setting)) continue;
      const accounts = setting.option.key === 'accounts' ? accountsAsMap(conf, setting) : undefined;
      if (accounts) reshaped.add(setting);
      const converted = accounts ? { newText: undefined, fix: accounts } : conversionOf(conf, owned);
      yield {
        file: misfit.value.at.file,
        span: misfit.value.at.span,
        ...(misfit.kind === 'warns' ? { severity: 'warning' as const } : {}),
        message: messageOf(owned, converted?.newText),
        ...(converted ? { fix: converted.fix } : {}),
      };
    }
  },
});

function messageOf({ setting, misfit }: OwnedMisfit, newText: string | undefined): string {
  const { entry, option, block } = setting;
  const name = `\`${entry.key}\``;
  const { value, forms, kind } = misfit;
  if (option.key === 'consumer_replicas')
    return `${name} has no effect since nats-server 2.9.12, which warns of it and fails a check of the file. Remove it.`;
  if (kind === 'warns') {
    const suffix = value.kind === 'integer' && value.node.suffix;
    const meaning = suffix
      ? `\`${value.node.source}\` without quotes is the number ${value.value}, taken as seconds`
      : 'A number here is taken as seconds';
    return `${meaning}: nats-server warns, and a check of the file with -t fails. Write a duration in quotes, such as "10s".`;
  }
  if (forms.length === 0 || forms.every(form => form.kind === 'nothing')) {
    return `nats-server cannot read ${name} ${whereOf(block.fact)}, whatever is written, and refuses the configuration. Remove it.`;
  }
  const inside = value !== setting.value;
  const where = inside ? `Every entry of ${name}` : name;
  const hint = hintOf(option.key, value.kind, block.fact.name) ?? conversionHint(newText) ?? formHint(forms, value);
  return `${where} must be ${formsInWords(forms)}, but this is ${kindInWords(value)}, so nats-server refuses the configuration. ${hint}`;
}

function hintOf(key: string, kind: string, block: string): string | undefined {
  if (key === 'tls' && kind === 'boolean') return 'Write a block: `tls { cert_file: …, key_file: … }`.';
  if (key === 'accounts' && kind === 'map') return 'Accounts are a map by name: `accounts { NAME { users: [ … ] } }`.';
  if (key === 'users' && kind === 'string') return 'Write each user as a block: `{ user: NAME, password: … }`.';
  if (key === 'users' && block === 'authorization' && kind === 'map')
    return 'Put the users into brackets: `users: [ { user: NAME, password: … } ]`.';
  return undefined;
}

/** What goes into brackets may hold a password, so that it is not repeated. */
function conversionHint(newText: string | undefined): string | undefined {
  if (newText === undefined) return undefined;
  return newText.startsWith('[') ? 'Put it into brackets.' : `Write ${newText}.`;
}

/** What to write where the value does not say what was meant. */
function formHint(forms: readonly ValueForm[], value: EvaluatedValue): string {
  if (value.kind === 'string' && /^\$\{?[A-Za-z_]/.test(value.value)) return 'A variable stands without quotes and braces: write `$NAME`.';
  const [only, other] = new Set(forms.filter(form => !form.warns).map(({ kind }) => kind));
  if (other !== undefined) return 'Write one of these.';
  if (only === 'string') return value.kind === 'array' || value.kind === 'map' ? 'Write one text.' : 'Put it in quotes.';
  if (only === 'list') return 'Put it into brackets.';
  if (only === 'boolean' || only === 'integer' || only === 'number') return `Write ${formsInWords(forms)}, without quotes.`;
  return `Write ${formsInWords(forms)}.`;
}

function conversionOf(conf: NatsConf, { setting, misfit }: OwnedMisfit): { newText: string; fix: Fix } | undefined {
  const { file, span } = misfit.value.origin;
  const written = textOfFile(conf, file).slice(span.start, span.end);
  const forms = misfit.kind === 'warns' ? setting.option.forms : misfit.forms;
  const newText = convertedValue(misfit.value, forms, setting.option, written);
  if (newText === undefined) return undefined;
  const title = newText.startsWith('[') ? 'Put it into brackets' : `Write ${newText}`;
  return { newText, fix: { title, safety: 'safe', edits: () => [{ file, span, newText }] } };
}

/** `[ { name: A, users: [ … ] } ]` as `{ A { users: [ … ] } }`. */
function accountsAsMap(conf: NatsConf, { value, block }: Setting): Fix | undefined {
  if (block.fact.name !== 'server' || value.kind !== 'array' || value.via || value.items.length === 0) return undefined;
  const { file, span } = value.at;
  const text = textOfFile(conf, file);
  const accounts: string[] = [];
  for (const item of value.items) {
    const name = item.kind === 'map' && !item.via ? item.entries.get('name') : undefined;
    if (item.kind !== 'map' || name?.value.kind !== 'string' || !item.node.open || !item.node.close) return undefined;
    const cut = removalOf(text, name.node.span);
    const inside = text.slice(item.node.open.end, cut.start) + text.slice(Math.min(cut.end, item.node.close.start), item.node.close.start);
    const key = /^[A-Za-z_][\w-]*$/.test(name.value.value) ? name.value.value : quoted(name.value.value);
    accounts.push(`${key}: {${inside}}`);
  }
  const newText = `{ ${accounts.join(', ')} }`;
  return { title: 'Write the accounts as a map by name', safety: 'safe', edits: () => [{ file, span, newText }] };
}
