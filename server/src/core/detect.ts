// Which language owns a file: by its name, then by its content.
import { looksLikeCompose } from './compose/detect.ts';
import { looksLikeCreds } from './creds/detect.ts';
import type { LanguageId, SourceFile } from './language.ts';
import { looksLikeNatsConf } from './nats-conf/detect.ts';
import { looksLikePlatformConfig } from './platform-config/detect.ts';
import { nameOf } from './text/file-id.ts';

const composeName = /^(docker-)?compose([._-][\w.-]*)?\.(ya?ml|json)$/i;
const dotenvName = /^(\.env(\..+)?|.*\.env)$/i;
const natsName = /^(nats|nats-server)\.conf$|\.nats\.conf$|nats[^/]*\.conf$|^(leaf|hub)[^/]*\.conf$/i;

/** Undefined for a text that belongs to nobody; tokens in it are still found. */
export function detectLanguage(file: SourceFile): LanguageId | undefined {
  const { id, text } = file;
  const name = nameOf(id);
  if (/^\.authlint\.ya?ml$/.test(name)) return 'authlint-config';
  if (natsName.test(name)) return 'nats-conf';
  if (composeName.test(name) && !/\/\.github\/workflows\/[^/]+$/.test(id)) return 'compose';
  if (/\.ya?ml$/i.test(name) && looksLikeCompose(text)) return 'compose';
  if (/\.ya?ml$/i.test(name) && looksLikePlatformConfig(text)) return 'platform-config';
  if (/\.(ya?ml|json)$/i.test(name)) return undefined;
  if (dotenvName.test(name)) return 'dotenv';
  if (/\.conf$/i.test(name) && looksLikeNatsConf(text)) return 'nats-conf';
  if (looksLikeCreds(file)) return 'creds';
  return undefined;
}
