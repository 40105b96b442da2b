// `8080:80`, `data:/var/lib` and `name=address`: ports, mounts, hosts and the like in one text, which Compose takes apart only after it has
// looked at all shapes.
import type { ComposeProblem } from './model.ts';
import { type Field, fieldOf } from './yaml-tree.ts';

/** What Compose refuses about what a service writes as one text. Texts with variables are left alone. */
export function* misfitsOfShortForms(service: Field): Iterable<ComposeProblem> {
  yield* misfitsOfList(fieldOf(service.value, 'ports'), faultOfPort);
  yield* misfitsOfList(fieldOf(service.value, 'volumes'), faultOfMount);
  yield* misfitsOfList(fieldOf(service.value, 'extra_hosts'), faultOfHost);
  yield* misfitsOfList(fieldOf(service.value, 'devices'), faultOfDevice);
  const build = fieldOf(service.value, 'build')?.value;
  yield* misfitsOfList(fieldOf(build, 'extra_hosts'), faultOfHost);
  yield* misfitsOfList(fieldOf(build, 'ssh'), faultOfSshKey);
  yield* misfitsOfList(fieldOf(build, 'additional_contexts'), faultOfContext);
}

function* misfitsOfList(field: Field | undefined, fault: (text: string) => Fault): Iterable<ComposeProblem> {
  const list = field?.value;
  if (list?.kind !== 'sequence' || list.tag === '!reset') return;
  for (const { value, alias } of list.items) {
    if (value.kind !== 'scalar' || (value.type !== 'string' && value.type !== 'int') || value.text.includes('$')) continue;
    const problem = fault(value.text);
    if (problem) yield { span: alias ?? value.span, ...problem };
  }
}

type Fault = Pick<ComposeProblem, 'message' | 'advice'> | undefined;

const portAdvice = 'Write `container`, `host:container` or `address:host:container`, with `/udp` behind it if need be.';

function faultOfPort(text: string): Fault {
  const [ports = '', protocol = 'tcp', ...more] = text.split('/');
  if (more.length > 0 || !/^(?:tcp|udp|sctp)?$/i.test(protocol))
    return { message: 'This is no port that Compose can read', advice: portAdvice };
  const [, address, host = '', container = ''] = /^(?:(?:(.*):)?([^:]*):)?([^:]*)$/.exec(ports) ?? [];
  const isPort = (port: string) => /^\d+(?:-\d+)?$/.test(port) && port.split('-').every(number => Number(number) <= 65535);
  if (!isPort(container) || Number(container) === 0)
    return { message: 'The port of the container is no number or range', advice: portAdvice };
  if (host !== '' && !isPort(host)) return { message: 'The port of the host is no number or range', advice: portAdvice };
  if (address && !/^(?:\d+\.\d+\.\d+\.\d+|\[?(?=.*::|(?:.*:){7})[\da-f:.]+\]?)$/i.test(address)) {
    return { message: 'What stands before the ports is no IP address', advice: portAdvice };
  }
  // One port of the container may be given any of a range; two ranges go together one by one.
  if (host !== '' && sizeOf(container) > 0 && sizeOf(host) !== sizeOf(container))
    return { message: 'The two ranges of ports are not equally long', advice: 'Write as many ports of the host as of the container.' };
  return undefined;
}

function sizeOf(range: string): number {
  const [first, last = first] = range.split('-').map(Number) as [number, number?];
  return last - first;
}

function faultOfMount(text: string): Fault {
  const advice = 'Write `source:target` or `source:target:ro`.';
  if (text === '') return { message: 'This mount is empty', advice };
  if (text.length < 3) return undefined;
  const parts: string[] = [''];
  for (const char of text) {
    // A letter and a colon are a Windows drive.
    if (char === ':' && !/^\p{L}$/u.test(parts.at(-1) as string)) parts.push('');
    else parts[parts.length - 1] += char;
  }
  if (parts.includes('')) return { message: 'One of the parts of this mount is empty', advice };
  return parts.length > 3 ? { message: 'This mount has more than three parts', advice } : undefined;
}

function faultOfHost(text: string): Fault {
  const [host, address] = text.split(text.includes('=') ? '=' : ':', 2) as [string, string | undefined];
  if (host !== '' && !host.includes(':') && address !== undefined) return undefined;
  return { message: 'This host has no address', advice: 'Write `name=address`, such as `host.docker.internal=host-gateway`.' };
}

function faultOfDevice(text: string): Fault {
  if (text.split(':').length < 4) return undefined;
  return { message: 'This device has more than three parts', advice: 'Write `device`, `device:target` or `device:target:rwm`.' };
}

function faultOfSshKey(text: string): Fault {
  if (text === 'default' || text.includes('=')) return undefined;
  return { message: 'This key has no path', advice: 'Write `name=path`, or `default` for the agent of whoever builds.' };
}

function faultOfContext(text: string): Fault {
  if (text.includes('=')) return undefined;
  return { message: 'This context has no source', advice: 'Write `name=source`, such as `certs=./certs`.' };
}
