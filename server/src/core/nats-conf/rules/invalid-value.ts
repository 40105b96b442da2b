// Right kind of value, wrong content: words that nats-server does not know, durations and addresses that it cannot read, names it forbids.
import { behaves } from '../../facts/nats-behaviors.ts';
import type { ValueForm } from '../../facts/nats-options.ts';
import { namesOf } from '../../facts/nats-release.ts';
import { knows, valuesOf } from '../../facts/nats-values.ts';
import type { Fix } from '../../lint/finding.ts';
import { nearest } from '../../lint/nearest.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { urlProblem } from '../../nats-auth/go-url.ts';
import { type Account, accountsOfSetting } from '../accounts.ts';
import { listenProblem, parseInteger } from '../address.ts';
import { judgeAdvertised } from '../addresses-start.ts';
import { blockOf, blocksOf, type Setting, settingOf, settingsOf } from '../blocks.ts';
import { judgeCompression } from '../compression.ts';
import { parseDuration } from '../duration.ts';
import { formsInWords } from '../form-words.ts';
import { misfitsOf } from '../misfits.ts';
import { type NatsConf, settingsNamed, settingsOfFormat } from '../model.ts';
import { quoted } from '../source-edits.ts';
import { listenerOf } from '../startup.ts';
import { stringsIn } from '../strings.ts';
import type { EvaluatedString, Place } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/invalid-value',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    for (const { setting, misfit } of misfitsOf(conf, 'invalid-value')) {
      if (misfit.value.kind === 'string') yield judgeForm(setting, misfit.value, misfit.forms);
    }
    for (const setting of settingsOfFormat(conf, ...Object.keys(wordFormats))) yield* judgeKnownValues(conf, setting);
    for (const setting of settingsNamed(conf, 'server.server_name', 'cluster.name', 'gateway.name', 'leafnodes.min_version')) {
      yield* judgeName(conf, setting);
    }
    // URLs of other options are not read when the configuration is.
    for (const setting of settingsNamed(conf, 'cluster.routes', 'remote_gateway.url', 'remote_gateway.urls', 'leafnode_remote.url')) {
      yield* judgeUrls(setting);
    }
    for (const setting of settingsOf(conf.root, 'accounts')) yield* judgeAccountNames(accountsOfSetting(setting));
    yield* judgeBorrowedName(conf);
    yield* judgeCompression(conf);
    yield* judgeAdvertised(conf);
  },
});

function at(value: EvaluatedString, message: string, newText?: string, safety: Fix['safety'] = 'safe'): Report {
  const { file, span } = value.origin;
  return {
    file: value.at.file,
    span: value.at.span,
    message,
    ...(newText === undefined ? {} : { fix: { title: `Write ${newText}`, safety, edits: () => [{ file, span, newText }] } }),
  };
}

function judgeForm({ entry, option }: Setting, value: EvaluatedString, forms: readonly ValueForm[]): Report {
  const name = `\`${entry.key}\``;
  const text = value.value;
  if (forms.some(form => form.kind === 'listen')) {
    if (parseInteger(text) !== undefined)
      return at(
        value,
        `${name} takes a port as a number or "host:port"; nats-server refuses a port in quotes. Write it without quotes.`,
        text,
      );
    const noPort = text.includes(':') ? 'an IPv6 address needs brackets and a port after them' : 'there is no port';
    const why = listenProblem(text) === 'port' ? 'the port is no number' : noPort;
    return at(value, `nats-server cannot read this address, since ${why}, and refuses the configuration. Write "host:port".`);
  }
  const words = forms.flatMap(form => (form.kind === 'enum' ? form.values : []));
  const near = words.length > 0 ? nearest(text, words) : undefined;
  const exact = words.find(word => word.toLowerCase() === text.toLowerCase());
  if (exact !== undefined)
    return at(
      value,
      `${name} must be written \`${exact}\`, case counts; nats-server refuses the configuration. Write it in lower case.`,
      quoted(exact),
    );
  if (forms.some(form => form.kind === 'duration')) {
    const duration = repairedDuration(text);
    return at(
      value,
      `${name} takes ${formsInWords(forms)}, and nats-server cannot read this, so it refuses the configuration. ${
        duration ? `Write "${duration}".` : 'Units are ms, s, m and h, without a space and without days, as in "1h30m".'
      }`,
      duration && quoted(duration),
    );
  }
  const advice = near ? ` Did you mean "${near}"?` : ` Write ${formsInWords(forms)}.`;
  const told =
    option.format === undefined || words.length > 0
      ? `${name} is none of the values that nats-server knows`
      : `nats-server cannot read the value of ${name}`;
  return at(value, `${told}, so it refuses the configuration.${advice}`, near && quoted(near), 'unsafe');
}

const longUnits: readonly [RegExp, string][] = [
  [/^(ms|millis|milliseconds?|msecs?)$/, 'ms'],
  [/^(s|secs?|seconds?)$/, 's'],
  [/^(m|mins?|minutes?)$/, 'm'],
  [/^(h|hrs?|hours?)$/, 'h'],
];

/** `5 minutes` is 5m, `2d` is 48h; undefined where nothing certain can be said. */
function repairedDuration(text: string): string | undefined {
  const match = /^(\d+)\s*([a-z]+)$/i.exec(text.trim());
  if (!match) return undefined;
  const [amount, unit] = [match[1] as string, (match[2] as string).toLowerCase()];
  if (/^d(ays?)?$/.test(unit)) return `${Number(amount) * 24}h`;
  if (/^w(eeks?)?$/.test(unit)) return `${Number(amount) * 24 * 7}h`;
  const short = longUnits.find(([pattern]) => pattern.test(unit))?.[1];
  return short && parseDuration(amount + short) !== undefined ? amount + short : undefined;
}

const wordFormats: Readonly<Record<string, { readonly what: string; readonly folds: boolean }>> = {
  'connection-type': { what: 'connection type', folds: true },
  'cipher-suite': { what: 'cipher suite', folds: false },
  curve: { what: 'curve', folds: false },
  'cert-store': { what: 'certificate store', folds: true },
};

function* judgeKnownValues({ version }: NatsConf, { option, value, available }: Setting): Generator<Report> {
  const format = wordFormats[option.format ?? ''];
  const values = valuesOf(option.format);
  if (!format || !values || !available) return;
  const same = (a: string, b: string) => (format.folds ? a.toLowerCase() === b.toLowerCase() : a === b);
  for (const item of stringsIn(value)) {
    const known = values.find(one => same(one.name, item.value));
    if (known && knows(version, known)) continue;
    const candidates = values.filter(one => knows(version, one)).map(one => one.name);
    const near = nearest(item.value, candidates);
    if (known) {
      const when = known.since ? `since nats-server ${namesOf(known.since)}` : `until nats-server ${namesOf(known.until ?? [])}`;
      yield at(
        item,
        `\`${known.name}\` is a ${format.what} only ${when}, so this server refuses the configuration. ${near ? `The nearest is \`${near}\`.` : 'Remove it.'}`,
        near && quoted(near),
        'unsafe',
      );
    } else {
      yield at(
        item,
        `This is no ${format.what} that nats-server knows, so it refuses the configuration. ${near ? `Did you mean \`${near}\`?` : `Known are ${candidates.slice(0, 7).join(', ')}.`}`,
        near && quoted(near),
        'unsafe',
      );
    }
  }
}

/** Names of the server and of clusters. */
function* judgeName({ version }: NatsConf, { block, option, value }: Setting): Generator<Report> {
  if (value.kind !== 'string') return;
  const place = `${block.fact.name}.${option.key}`;
  if (place === 'server.server_name' || place === 'cluster.name' || place === 'gateway.name') {
    if (value.value.includes(' ') && behaves(version, 'names-without-spaces')) {
      yield at(
        value,
        'A name must not contain spaces; nats-server refuses the configuration. Use a dash or an underscore.',
        quoted(value.value.trim().replace(/\s+/g, '-')),
        'unsafe',
      );
    } else if (value.value === '_' && place !== 'server.server_name' && behaves(version, 'cluster-name-reserved')) {
      yield at(value, 'The name `_` is reserved by nats-server, which refuses the configuration. Choose another name.');
    }
  }
  if (place === 'leafnodes.min_version' && !isLeafVersion(value.value, behaves(version, 'leaf-version-semver'))) {
    yield at(
      value,
      '`min_version` takes a version such as "2.9.0", at least 2.8.0; nats-server refuses the configuration. Write all three numbers.',
    );
  }
}

/** A server with leafnode remotes and without a cluster uses its own name as that of its cluster. */
function* judgeBorrowedName({ root, version }: NatsConf): Generator<Report> {
  const name = settingOf(root, 'server_name')?.value;
  const cluster = blockOf(root, 'cluster');
  if (name?.kind !== 'string' || name.value !== '_' || !behaves(version, 'cluster-name-reserved')) return;
  if (settingOf(cluster, 'name') || listenerOf(cluster) || blocksOf(blockOf(root, 'leafnodes'), 'remotes').length === 0) return;
  yield {
    ...at(
      name,
      'With leafnode remotes and no cluster this is the name of the cluster too, and `_` is reserved, so nats-server does not start. Choose another name.',
    ),
    stage: 'start',
  };
}

/** Older servers look at the beginning only. */
function isLeafVersion(text: string, semver: boolean): boolean {
  const number = semver ? '(0|[1-9]\\d*)' : '(\\d+)';
  const tail = '(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$';
  const match = new RegExp(`^${semver ? '' : 'v?'}${number}\\.${number}\\.${number}${semver ? tail : ''}`).exec(text);
  return match !== null && (Number(match[1]) > 2 || (Number(match[1]) === 2 && Number(match[2]) >= 8));
}

const urlProblems: Readonly<Record<string, string>> = {
  'control-character': 'it holds a control character',
  scheme: 'nothing stands in front of the first colon',
  colon: 'without `nats://` in front nats-server takes it for a path, in which no colon may stand',
  user: 'the user part holds a character that must be written as %XX',
  port: 'the port is no number',
  host: 'the host holds a character that no host has',
  escape: 'a % is not followed by two hexadecimal digits',
};

function* judgeUrls({ value, entry }: Setting): Generator<Report> {
  for (const item of stringsIn(value)) {
    const problem = urlProblem(item.value);
    if (!problem) continue;
    const text = item.value.trim();
    const repaired = problem === 'colon' && urlProblem(`nats://${text}`) === undefined ? quoted(`nats://${text}`) : undefined;
    const advice = repaired ? 'Write `nats://` in front of it.' : 'Write it as nats://user:password@host:port.';
    const report = at(item, `nats-server cannot read this URL in \`${entry.key}\`: ${urlProblems[problem]}. ${advice}`);
    const { file, span } = item.origin;
    yield repaired
      ? { ...report, fix: { title: 'Write nats:// in front of it', safety: 'safe', edits: () => [{ file, span, newText: repaired }] } }
      : report;
  }
}

/** The default account cannot be configured, and a list names each account once. */
function* judgeAccountNames(accounts: readonly Account[]): Generator<Report> {
  const listed = new Map<string, Place>();
  for (const { name, nameAt, block } of accounts) {
    const first = listed.get(name);
    if (first) {
      yield {
        ...nameAt,
        message: 'This account is listed twice, so nats-server refuses the configuration. Remove one of the names.',
        related: [{ ...first, message: 'It is listed here first.' }],
      };
    }
    if (!block) listed.set(name, nameAt);
    if (name !== '$G') continue;
    yield {
      file: nameAt.file,
      span: nameAt.span,
      message:
        '`$G` is the name of the default account, which nats-server keeps for itself, so it refuses the configuration. Put its users into `authorization`, or give the account another name.',
    };
  }
}
