// Ports of a service that the host publishes, in both spellings.
import type { Place } from '../text/place.ts';
import type { ServiceDefinition, Text } from './service.ts';

export interface PublishedPort {
  readonly place: Place;
  /** Address of the host; empty means every address. */
  readonly address: string;
  readonly published: string;
  /** Port inside of the container. */
  readonly target: number;
}

/** Ports with a fixed number on the host; a range counts with its first port. */
export function publishedPorts(service: ServiceDefinition): readonly PublishedPort[] {
  const ports: PublishedPort[] = [];
  for (const item of service.lists.get('ports') ?? []) {
    const port = item.text ? readShort(item.text) : readLong(item.fields);
    if (port) ports.push({ ...port, place: { file: item.file, span: item.span } });
  }
  return ports;
}

/** `[address:]published:target[/protocol]` */
function readShort({ text }: Text): Omit<PublishedPort, 'place'> | undefined {
  const match = /^(?:(\[[^\]]+\]|[^:[\]]*):)?(\d+)(?:-\d+)?:(\d+)(?:-\d+)?(?:\/\w+)?$/.exec(text.trim());
  return match ? { address: (match[1] ?? '').replace(/^\[|\]$/g, ''), published: match[2] as string, target: Number(match[3]) } : undefined;
}

function readLong(fields: ReadonlyMap<string, Text>): Omit<PublishedPort, 'place'> | undefined {
  const published = fields.get('published')?.text;
  const target = Number(fields.get('target')?.text);
  if (!published || !Number.isInteger(target)) return undefined;
  return { address: fields.get('host_ip')?.text ?? '', published, target };
}

/** Whether only the host itself reaches the port. */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || address.startsWith('127.');
}
