// Hover on an authentication variable: what it means, and where its value comes from after merging. Never the secret itself.
import { describeVariable } from '../environment/constraints.ts';
import { secretMeanings } from '../environment/meaning.ts';
import type { PlacedUse } from '../environment/variables.ts';
import type { BuildContext, Hover } from '../language.ts';
import { directoryOf, type FileId, pathWithin } from '../text/file-id.ts';
import { LineMap } from '../text/line-map.ts';
import { enumerated } from '../text/prose.ts';
import { touches } from '../text/span.ts';
import { withoutUrlCredentials } from '../text/url-credentials.ts';
import { authOf, isSingleReference, presence, sourceOf } from './auth-variables.ts';
import { projectsAround } from './includers.ts';
import type { ComposeModel } from './index.ts';
import type { Project, Service } from './project.ts';
import type { EnvironmentEntry } from './service.ts';

/** Says what is known of the variable at an offset of the file; undefined elsewhere. */
export function hoverAt(model: ComposeModel, offset: number, context: BuildContext): Hover | undefined {
  for (const { project } of projectsAround(model, context)) {
    for (const service of project.services.values()) {
      for (const effective of service.environment.values()) {
        for (let entry: EnvironmentEntry | undefined = effective; entry; entry = entry.hides) {
          if (entry.file !== model.file.id || !touches(entry.span, offset)) continue;
          const hover = hoverOn(entry, offset, { model, project, service, effective, context });
          if (hover) return hover;
        }
      }
    }
  }
  return undefined;
}

interface Circumstances {
  readonly model: ComposeModel;
  readonly project: Project;
  readonly service: Service;
  /** The entry that counts; the one hovered over may be hidden by it. */
  readonly effective: EnvironmentEntry;
  readonly context: BuildContext;
}

function hoverOn(entry: EnvironmentEntry, offset: number, circumstances: Circumstances): Hover | undefined {
  const { settings } = circumstances.context;
  const image = circumstances.service.definition.texts.get('image')?.text;
  const described = describeVariable(entry.name, settings, image);
  if (!described) return undefined;
  const use = entry.uses.find(candidate => candidate.file === entry.file && touches(candidate.span, offset));
  const span = touches(entry.nameSpan, offset) ? entry.nameSpan : use ? use.span : entry.span;
  const { product, sentences, secret } = described;
  const lines = [`**\`${entry.name}\`**${product ? ` · ${product}` : ''}`, ...sentences];
  lines.push(...describeValue(entry, secret, circumstances));
  const sharing = secret ? sharingServices(circumstances) : [];
  if (sharing.length > 0) lines.push(`The same secret is in ${enumerated(sharing)}.`);
  return { span, markdown: lines.join('\n\n') };
}

function describeValue(entry: EnvironmentEntry, secret: boolean, circumstances: Circumstances): string[] {
  const { effective, service } = circumstances;
  const lines: string[] = [];
  if (effective !== entry) {
    lines.push(
      `This value does not count: \`${service.name}\` takes it from ${placeText(effective.file, effective.nameSpan.start, circumstances)}.`,
    );
  }
  const source = sourceOf(effective);
  const where = placeText(source.place.file, source.place.span.start, circumstances);
  const state = presence(effective);
  if (state === 'empty')
    lines.push(`\`${service.name}\` gets ${effective.value === undefined ? 'no value' : 'an empty value'} (${where}).`);
  else if (state === 'expected') {
    const unset = effective.uses.filter(use => use.state === 'unset').map(use => `\`${use.name}\``);
    lines.push(`Its value depends on ${enumerated(unset)}, which nothing here sets${shellHint(effective.uses)}.`);
  } else if (secret) lines.push(`\`${service.name}\` takes its value from ${describeSource(source.how, source.variable, where)}.`);
  else
    lines.push(
      `\`${service.name}\` gets \`${withoutUrlCredentials(effective.value ?? '').replaceAll('`', '')}\`, from ${describeSource(source.how, source.variable, where)}.`,
    );
  const through = effective.through.filter(via => via.how !== 'alias');
  for (const via of through) lines.push(`It comes through \`${via.how}\` in ${placeText(via.file, via.span.start, circumstances)}.`);
  if (
    effective.template !== undefined &&
    secret &&
    !isSingleReference(effective.template) &&
    effective.uses.length === 0 &&
    effective.form !== 'env-file'
  ) {
    lines.push('It is written into the Compose file, where everybody who may read the file can read it.');
  }
  return lines;
}

function describeSource(how: 'literal' | 'default' | 'variable', variable: string | undefined, where: string): string {
  if (how === 'default') return `the default of \`${variable}\` (${where})`;
  return how === 'variable' ? `\`${variable}\` in ${where}` : where;
}

function shellHint(uses: readonly PlacedUse[]): string {
  return uses.some(use => use.operator?.endsWith('?')) ? '; Compose refuses to start without it' : '; it may come from the shell';
}

function sharingServices({ project, service, effective, context }: Circumstances): string[] {
  if (effective.value === undefined || effective.value === '' || effective.guess) return [];
  const names: string[] = [];
  for (const other of project.services.values()) {
    if (other === service) continue;
    const same = authOf(other, context.settings).variables.some(
      ({ entry, meaning }) => secretMeanings.has(meaning.meaning) && !entry.guess && entry.value === effective.value,
    );
    if (same) names.push(`\`${other.name}\``);
  }
  return names;
}

function placeText(file: FileId, offset: number, { model, context }: Circumstances): string {
  const source = file === model.file.id ? { text: model.file.text } : context.read(file);
  const name = pathWithin(directoryOf(model.file.id), file) ?? file.slice(file.lastIndexOf('/') + 1);
  if (typeof source === 'string') return `\`${name}\``;
  return `\`${name}\`, line ${new LineMap(source.text).lineAt(offset) + 1}`;
}
