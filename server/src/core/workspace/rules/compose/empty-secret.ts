// An empty secret is a secret that everybody knows.
import { presence, sourceOf, withMeaning } from '../../../compose/auth-variables.ts';
import { newSecret } from '../../../compose/new-secret.ts';
import type { Service } from '../../../compose/project.ts';
import type { EnvironmentEntry } from '../../../compose/service.ts';
import { parseUrl } from '../../../environment/url.ts';
import { grouped } from '../../../text/group.ts';
import { remember } from '../../../text/remember.ts';
import { defineComposeRule, holdersNow, type JudgedService, type PlacedReport } from '../../compose-projects.ts';

export default defineComposeRule({
  id: 'compose/empty-secret',
  severity: 'error',
  since: '0.1.0',
  quietInTests: true,
  judges: 'the project',
  regards(judged) {
    const { name, environment } = judged.service;
    const looked = [...partnersOf(judged.service), ...withMeaning(judged.auth, 'jwt-secret')];
    const entries = looked.map(({ entry }) => [
      entry.name,
      entry.value,
      entry.guess,
      entry.uses.map(({ gave }) => gave),
      environment.has(`${entry.name}_FILE`),
    ]);
    return JSON.stringify([name, entries, hasAnotherWay(judged)]);
  },
  *check({ services, project, settings }) {
    yield* keysBetweenServices(services, new Set(project.services.keys()));
    for (const judged of services) {
      for (const variable of withMeaning(judged.auth, 'jwt-secret')) {
        const { entry } = variable;
        if (entry.value !== '' || entry.guess || judged.service.environment.has(`${entry.name}_FILE`) || hasAnotherWay(judged)) continue;
        const prepared = newSecret(variable, project, () => holdersNow(project, settings));
        yield { ...judge(entry, judged.service.name), ...(prepared ? { prepared } : {}) };
      }
    }
  },
});

/** Tokens are checked with a JWKS or a public key, or another secret is there: then this one is not used. */
function hasAnotherWay({ auth }: JudgedService): boolean {
  const others = withMeaning(auth, 'jwks-uri', 'discovery', 'public-key', 'jwt-secret-json');
  return others.some(({ entry }) => presence(entry) !== 'empty') || auth.switches.some(({ fact, open }) => fact.kind === 'bypass' && open);
}

/** A key between neighbours: several services hold `BRIDGE_API_KEY`, and `BRIDGE_URL` leads to a service of the project. */
interface Partner {
  readonly entry: EnvironmentEntry;
  readonly service: string;
  /** `BRIDGE` of both names. */
  readonly partner: string;
  /** Else it is the URL of one. */
  readonly isKey: boolean;
}

const keyEnding = /_(?:API|SHARED|INTERNAL|SERVICE)_(?:KEY|SECRET|TOKEN)$/;

/** Keys of other services, and URLs of services, among the variables of one. */
const partnersOf = remember(({ name, environment }: Service): readonly Partner[] =>
  [...environment.values()].flatMap((entry): readonly Partner[] => {
    if (keyEnding.test(entry.name)) return [{ entry, service: name, partner: entry.name.replace(keyEnding, ''), isKey: true }];
    return entry.name.endsWith('_URL') ? [{ entry, service: name, partner: entry.name.slice(0, -'_URL'.length), isKey: false }] : [];
  }),
);

function* keysBetweenServices(services: readonly JudgedService[], names: ReadonlySet<string>): Iterable<PlacedReport> {
  const keys: Partner[] = [];
  const urls = new Map<string, string>();
  for (const { service } of services) {
    for (const one of partnersOf(service)) {
      if (one.isKey) keys.push(one);
      else if (one.entry.value) urls.set(one.partner, one.entry.value);
    }
  }
  for (const entries of grouped(keys, ({ entry }) => entry.name).values()) {
    const url = urls.get(entries[0]?.partner ?? '');
    const host = url === undefined ? undefined : parseUrl(url)?.host;
    if (entries.length < 2 || host === undefined || !names.has(host)) continue;
    for (const { entry, service } of entries) if (isEmptyDefault(entry)) yield judge(entry, service);
  }
}

function isEmptyDefault(entry: EnvironmentEntry): boolean {
  return entry.value === '' && !entry.guess && entry.uses.some(use => use.gave === 'operand');
}

function judge(entry: EnvironmentEntry, service: string): PlacedReport {
  const source = sourceOf(entry);
  const place =
    source.how === 'default' || source.place.span.end === source.place.span.start ? { file: entry.file, span: entry.span } : source.place;
  const use = entry.uses[0];
  if (source.how === 'default' && use) {
    return {
      file: use.file,
      span: use.span,
      severity: 'warning',
      message: `Without \`${use.name}\`, \`${service}\` starts with an empty \`${entry.name}\`, so either nobody gets in or anybody does. Write \`\${${use.name}:?…}\`, so that Compose refuses to start without one.`,
      fix: {
        title: `Require ${use.name}`,
        safety: 'unsafe',
        edits: () => [{ file: use.file, span: use.span, newText: `\${${use.name}:?set ${use.name} in .env}` }],
      },
    };
  }
  return {
    ...place,
    message: `\`${entry.name}\` of \`${service}\` is empty, so either it does not start or anyone can make valid tokens. Set a secret, for instance from \`openssl rand -base64 48\`.`,
  };
}
