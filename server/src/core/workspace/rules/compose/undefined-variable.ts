// A variable that nobody sets is blank: Compose logs a line and starts the service with an empty secret.
import { type AuthVariable, isSingleReference } from '../../../compose/auth-variables.ts';
import { newSecret } from '../../../compose/new-secret.ts';
import type { Project, Service } from '../../../compose/project.ts';
import type { EnvironmentEntry } from '../../../compose/service.ts';
import { secretMeanings } from '../../../environment/meaning.ts';
import type { PlacedUse } from '../../../environment/variables.ts';
import type { Meaning } from '../../../facts/compose-dialects.ts';
import type { Fix } from '../../../lint/finding.ts';
import { nameOf } from '../../../text/file-id.ts';
import { grouped } from '../../../text/group.ts';
import type { Place } from '../../../text/place.ts';
import { PlaceSet } from '../../../text/place-set.ts';
import { enumerated } from '../../../text/prose.ts';
import { remember } from '../../../text/remember.ts';
import { defineComposeRule, holdersNow, type JudgedService, type PlacedReport } from '../../compose-projects.ts';

const alsoNeeded: ReadonlySet<Meaning> = new Set<Meaning>(['jwks-uri', 'issuer', 'discovery', 'audience']);

/** So many further places of a variable in a file are marked too; the first one counts all services. */
const placesMarked = 4;

export default defineComposeRule({
  id: 'compose/undefined-variable',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: true,
  judges: 'the project',
  regards: judged => [...lacking(judged).map(({ use }) => use.name), ...demanded(judged)].join(' '),
  *check({ project, services, settings }) {
    if (!project.complete) return;
    const guarded = new Set(services.flatMap(demanded));
    const all = services.flatMap(lacking).filter(({ use }) => !guarded.has(use.name));
    const told = new Set<string>();
    for (const places of grouped(all, ({ use, hidden, variable }) => `${use.name} ${variable.entry.file} ${hidden?.file ?? ''}`).values()) {
      const [first] = places as [Lacking];
      const { variable, use, hidden } = first;
      const prepared = hidden ? undefined : newSecret(variable, project, () => holdersNow(project, settings));
      const report = { ...judge(first, places, project), ...(prepared ? { prepared } : {}) };
      // One variable that is not set is one mistake, however many files take it.
      yield told.has(use.name) ? { ...report, severity: 'information' } : report;
      told.add(use.name);
      for (const further of distinct(places).slice(1, 1 + placesMarked)) yield alsoHere(further, report);
    }
  },
});

interface Lacking {
  readonly service: string;
  readonly variable: AuthVariable;
  readonly use: PlacedUse;
  /** The same variable in an `env_file`. */
  readonly hidden: EnvironmentEntry | undefined;
}

/** Variables of a service that nothing sets. */
const lacking = remember(({ service, auth }: JudgedService): readonly Lacking[] =>
  auth.variables.flatMap(variable => {
    const { entry, meaning } = variable;
    const use = entry.uses[0];
    if (!entry.guess || !use || entry.uses.length > 1 || !isBare(entry, use)) return [];
    const hidden = inEnvFile(entry);
    const needed = (secretMeanings.has(meaning.meaning) || alsoNeeded.has(meaning.meaning)) && !isOptional(variable, service);
    return needed || hidden ? [{ service: service.name, variable, use, hidden }] : [];
  }),
);

/**
 * The secret of an OAuth client whose id nothing sets either: logging in there is an offer that was not taken up. And the first password of
 * an administrator, which many a program makes up; of which ones it is known that they do not, there is a fact.
 */
function isOptional({ entry, meaning }: AuthVariable, { environment }: Service): boolean {
  if (meaning.meaning === 'admin-password') return meaning.product === undefined;
  if (meaning.meaning !== 'client-secret') return false;
  const id = environment.get(entry.name.replace(/SECRET$/i, 'ID'));
  return id !== undefined && id.name !== entry.name && (id.guess || id.value === '');
}

/** Variables without which Compose starts nothing at all, since this service insists on them. */
const demanded = remember(({ service }: JudgedService): readonly string[] =>
  [...service.environment.values()].flatMap(({ uses }) => uses.filter(isDemand).map(({ name }) => name)),
);

function isDemand({ operator, state }: PlacedUse): boolean {
  return state === 'unset' && (operator === '?' || operator === ':?');
}

/** `${NAME}` or `$NAME` and nothing else: whoever writes a default or a `?` has thought of it. */
function isBare(entry: EnvironmentEntry, use: PlacedUse): boolean {
  return use.operator === undefined && entry.template !== undefined && isSingleReference(entry.template);
}

/** The same variable in an `env_file` of the service, which does not feed `${…}` and is hidden by the empty result. */
function inEnvFile(entry: EnvironmentEntry): EnvironmentEntry | undefined {
  for (let hidden = entry.hides; hidden; hidden = hidden.hides) if (hidden.form === 'env-file' && hidden.value) return hidden;
  return undefined;
}

/** What is said at the first of all places in a file that take the same variable. */
function judge({ variable, use, hidden }: Lacking, all: readonly Lacking[], project: Project): PlacedReport {
  const { entry } = variable;
  const place = { file: entry.file, span: use.span };
  const fix = insist(use.name, distinct(all).map(placeOf));
  const services = named([...new Set(all.map(({ service }) => service))]);
  const variables = enumerated([...new Set(all.map(one => `\`${one.variable.entry.name}\``))], 'or');
  if (hidden) {
    const gets = all.length > 1 ? 'get' : 'gets';
    return {
      ...place,
      message: `\`\${${use.name}}\` is not filled from \`env_file\`, only from \`.env\` and the shell, so ${services} ${gets} an empty ${variables} and the value in \`${nameOf(hidden.file)}\` is hidden. Remove this line, or set \`${use.name}\` in \`.env\`.`,
      related: [{ file: hidden.file, span: hidden.nameSpan, message: 'This value is hidden.' }],
      fix,
    };
  }
  const documented = project.documented.get(use.name);
  const asked = documented ? [{ ...documented, message: `\`${nameOf(documented.file)}\` asks for it.` }] : [];
  const where = project.dotenv.state === 'here' ? 'Neither `.env` nor this file' : 'Nothing here';
  return {
    ...place,
    ...(documented ? { severity: 'information' as const } : {}),
    message: `${where} sets \`${use.name}\`, so unless the shell does, Compose starts ${services} with an empty ${variables}. Set it in \`.env\`, or write \`\${${use.name}:?…}\`, so that Compose refuses to start without it.`,
    related: asked,
    fix,
  };
}

/** A further place that takes the same variable: it is mended with the first. */
function alsoHere(lacking: Lacking, first: PlacedReport): PlacedReport {
  const { variable, use, service } = lacking;
  return {
    ...placeOf(lacking),
    severity: 'information',
    message: `\`${use.name}\` is not set for \`${service}\` either, which gets an empty \`${variable.entry.name}\`. Setting it once in \`.env\` is enough for all.`,
    related: [{ file: first.file, span: first.span, message: 'It is taken here first.' }],
  };
}

function placeOf({ variable, use }: Lacking): Place {
  return { file: variable.entry.file, span: use.span };
}

/** One for each place: services may share an anchor or what they extend. */
function distinct(all: readonly Lacking[]): readonly Lacking[] {
  const seen = new PlaceSet();
  return all.filter(lacking => seen.add(placeOf(lacking)));
}

function named(services: readonly string[]): string {
  const few = services.length > 3 ? services.slice(0, 1) : services;
  const words = few.map(name => `\`${name}\``);
  return enumerated(few.length < services.length ? [...words, `${services.length - few.length} other services`] : words);
}

/** One that insists is enough for Compose; where each says so, whoever reads one of them knows. */
function insist(name: string, places: readonly Place[]): Fix {
  return {
    title: `Require ${name}`,
    safety: 'unsafe',
    edits: () => places.map(place => ({ ...place, newText: `\${${name}:?set ${name} in .env}` })),
  };
}
