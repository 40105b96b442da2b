// `8080:80` and `data:/var/lib`: ports and mounts in one text, which Compose takes apart only after it has looked at all shapes.
import type { ComposeProblem } from './model.ts';
import { type Field, fieldOf } from './yaml-tree.ts';

/** What Compose refuses about the ports and mounts of a service that are written as one text. Texts with variables are left alone. */
export function* misfitsOfShortForms(service: Field): Iterable<ComposeProblem> {
  for (const [key, fault] of [
    ['ports', faultOfPort],
    ['volumes', faultOfMount],
  ] as const) {
    const list = fieldOf(service.value, key)?.value;
    if (list?.kind !== 'sequence' || list.tag === '!reset') continue;
    for (const { value, alias } of list.items) {
      if (value.kind !== 'scalar' || value.type !== 'string' || value.text.includes('$')) continue;
      const problem = fault(value.text);
      if (problem) yield { span: alias ?? value.span, ...problem };
    }
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
  if (!isPort(container)) return { message: 'The port of the container is no number or range', advice: portAdvice };
  if (host !== '' && !isPort(host)) return { message: 'The port of the host is no number or range', advice: portAdvice };
  if (address && !/^(?:\d+\.\d+\.\d+\.\d+|\[?(?=.*::|(?:.*:){7})[\da-f:.]+\]?)$/i.test(address)) {
    return { message: 'What stands before the ports is no IP address', advice: portAdvice };
  }
  return undefined;
}

function faultOfMount(text: string): Fault {
  if (text.length < 3) return undefined;
  const advice = 'Write `source:target` or `source:target:ro`.';
  // A letter and a colon are a Windows drive.
  const parts = text.replace(/(^|:)[A-Za-z]:(?=[\\/])/g, '$1').split(':');
  if (parts.includes('')) return { message: 'One of the parts of this mount is empty', advice };
  return parts.length > 3 ? { message: 'This mount has more than three parts', advice } : undefined;
}
