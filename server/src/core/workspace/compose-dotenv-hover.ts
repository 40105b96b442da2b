// Hover in an environment file: which services take a variable from here, and who has the same secret. Never the secret.
import { type AuthVariable, sourceOf } from '../compose/auth-variables.ts';
import { envFileOf, envFormatOf, type Project, textIn } from '../compose/project.ts';
import type { EnvironmentEntry } from '../compose/service.ts';
import { secretMeanings } from '../environment/meaning.ts';
import type { Hover } from '../language.ts';
import { directoryOf, type FileId, nameOf, pathWithin } from '../text/file-id.ts';
import { LineMap } from '../text/line-map.ts';
import { enumerated } from '../text/prose.ts';
import { touches } from '../text/span.ts';
import { everyComposeProject, type JudgedProject } from './compose-projects.ts';
import type { WorkspaceView } from './view.ts';

export function dotenvHovers(view: WorkspaceView, file: FileId, offset: number): readonly Hover[] {
  for (const judged of everyComposeProject(view)) {
    const source = judged.project.reads.get(file);
    const format = envFormatOf(judged.project, file);
    if (source === undefined || typeof source === 'string' || !format) continue;
    const statement = envFileOf(source, format).statements.find(({ span }) => touches(span, offset));
    const takers = statement ? takersOf(judged, file, offset) : [];
    if (!statement || takers.length === 0) continue;
    const lines = [`Taken by ${enumerated(takers.map(taker => describe(taker, file, judged.project)))}.`];
    const sharing = sharingWith(judged, takers);
    if (sharing.length > 0) lines.push(`The same secret is in ${enumerated(sharing.map(name => `\`${name}\``))}, from elsewhere.`);
    return [{ span: touches(statement.nameSpan, offset) ? statement.nameSpan : statement.span, markdown: lines.join('\n\n') }];
  }
  return [];
}

interface Taker {
  readonly service: string;
  readonly entry: EnvironmentEntry;
  readonly secret: AuthVariable | undefined;
}

/** Services whose variable gets its value from the statement at an offset. */
function takersOf({ services }: JudgedProject, file: FileId, offset: number): readonly Taker[] {
  const takers: Taker[] = [];
  for (const { service, auth } of services) {
    for (const entry of service.environment.values()) {
      const own = entry.file === file && touches(entry.span, offset);
      const through = entry.uses.some(
        ({ definition }) => definition?.place?.file === file && touches(definition.place.statement.span, offset),
      );
      if (!own && !through) continue;
      const secret = auth.variables.find(variable => variable.entry === entry && secretMeanings.has(variable.meaning.meaning));
      takers.push({ service: service.name, entry, secret });
    }
  }
  return takers;
}

function describe({ service, entry }: Taker, file: FileId, project: Project): string {
  // What comes straight from the file stands nowhere else.
  if (entry.file === file) return `\`${service}\``;
  const line = new LineMap(textIn(project, entry.file)).lineAt(entry.span.start) + 1;
  return `\`${service}\` (\`${pathWithin(directoryOf(file), entry.file) ?? nameOf(entry.file)}\`, line ${line})`;
}

/** Other services that hold the same secret, written in another place. */
function sharingWith({ services }: JudgedProject, takers: readonly Taker[]): readonly string[] {
  const secret = takers.find(({ secret, entry }) => secret && entry.value && !entry.guess)?.secret;
  if (!secret) return [];
  const here = sourceOf(secret.entry).place;
  const holds = ({ entry, meaning }: AuthVariable) => {
    const { place } = sourceOf(entry);
    const elsewhere = place.file !== here.file || place.span.start !== here.span.start;
    return secretMeanings.has(meaning.meaning) && !entry.guess && entry.value === secret.entry.value && elsewhere;
  };
  return services.filter(({ auth }) => auth.variables.some(holds)).map(({ service }) => service.name);
}
