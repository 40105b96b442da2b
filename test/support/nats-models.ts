// Models of NATS configurations made of several files, for tests of what an editor asks about them.
import type { BuildContext, Completion } from '../../server/src/core/language.ts';
import { defaultSettings, type ServerVersion } from '../../server/src/core/lint/settings.ts';
import { natsConf } from '../../server/src/core/nats-conf/index.ts';
import type { NatsConf } from '../../server/src/core/nats-conf/model.ts';
import type { Place } from '../../server/src/core/text/place.ts';

const root = 'file:///w/';

export interface NatsModel {
  readonly conf: NatsConf;
  readonly context: BuildContext;
  readonly files: Readonly<Record<string, string>>;
}

/** The model of the first file; the others are there to be read. One whose text is `unknown` has not been loaded yet. */
export function modelOf(files: Readonly<Record<string, string>> | string, version: ServerVersion = defaultSettings.natsServer): NatsModel {
  const all = typeof files === 'string' ? { 'nats.conf': files } : files;
  const context: BuildContext = {
    settings: { ...defaultSettings, natsServer: version },
    now: 0,
    read(id) {
      const text = all[id.slice(root.length)];
      return text === undefined ? 'absent' : text === 'unknown' ? 'unknown' : { id, text };
    },
  };
  const main = Object.keys(all)[0] as string;
  const conf = natsConf.build({ id: root + main, text: all[main] as string }, context);
  return { conf, context, files: all };
}

/** The model of a part, and the context in which an editor asks about it: `main` includes it. */
export function partOf(files: Readonly<Record<string, string>>, part: string): NatsModel {
  const { conf: whole, context } = modelOf(files);
  const conf = natsConf.build({ id: root + part, text: files[part] as string }, context);
  return { conf, context: { ...context, includers: [whole] }, files };
}

/** What is proposed at an offset of the model's own file; nothing else is in the workspace. */
export function completionsAt({ conf, context }: NatsModel, offset: number): readonly Completion[] {
  return natsConf.complete?.(conf, offset, { ...context, files: [], neighbours: () => [] }) ?? [];
}

/** `name line:column «text»`, with the file's name in front of all but those of the first. */
export function placeIn(files: Readonly<Record<string, string>>, { file, span }: Place): string {
  const name = file.slice(root.length);
  const text = files[name] as string;
  const before = text.slice(0, span.start);
  const where = `${before.split('\n').length}:${span.start - before.lastIndexOf('\n')} «${text.slice(span.start, span.end)}»`;
  return name === Object.keys(files)[0] ? where : `${name} ${where}`;
}
