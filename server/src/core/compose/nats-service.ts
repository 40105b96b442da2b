// Services that run a NATS server: what their command line and mounts say about authentication.
import type { FileId } from '../text/file-id.ts';
import { fileBehind, volumesOf } from './mounts.ts';
import type { ServiceDefinition } from './service.ts';

export interface NatsService {
  /** Whether the command line itself asks for a user, a password or a token. */
  readonly hasLogin: boolean;
  /** The configuration file inside of the container; undefined where the image's own is used, which asks for nothing. */
  readonly config: string | undefined;
  /** The same file on this machine, where a volume says so. */
  readonly configFile: FileId | undefined;
}

const imageName = /^(?:.*\/)?nats(?:-server)?(?::|@|$)/;
/** Where the official images look for their configuration. */
const imageConfigs = ['/nats-server.conf', '/etc/nats/nats-server.conf'];

const known = new WeakMap<ServiceDefinition, { readonly directory: FileId; readonly result: NatsService | undefined }>();

/** Undefined for a service that runs something else. `directory` is the folder that host paths are relative to. */
export function readNatsService(service: ServiceDefinition, directory: FileId): NatsService | undefined {
  const before = known.get(service);
  if (before?.directory === directory) return before.result;
  const result = readAnew(service, directory);
  known.set(service, { directory, result });
  return result;
}

function readAnew(service: ServiceDefinition, directory: FileId): NatsService | undefined {
  const words = [...(service.commands.get('entrypoint') ?? []), ...(service.commands.get('command') ?? [])].flatMap(({ text }) =>
    text.trim().split(/[\s=]+/),
  );
  const isServer = imageName.test(service.texts.get('image')?.text ?? '');
  if (!isServer && !words.some(word => /(?:^|\/)nats-server$/.test(word))) return undefined;
  const hasLogin = words.some(word => /^--?(?:user|pass|auth|nkey|jwt|tlsverify)$|^--?(?:user|pass|auth)[^\w-]/.test(word));
  const option = words.findIndex(word => /^--?(?:c|config)$/.test(word));
  const named = option < 0 ? undefined : words[option + 1];
  const mounts = volumesOf(service, directory);
  const config = named ?? imageConfigs.find(path => mounts.some(mount => mount.target === path));
  return { hasLogin, config, configFile: config === undefined ? undefined : fileBehind(config, mounts) };
}
