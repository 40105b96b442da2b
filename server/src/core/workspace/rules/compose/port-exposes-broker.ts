// A broker without a login whose port the host publishes is everybody's broker.
import { isForDevelopment } from '../../../compose/audience.ts';
import { type NatsService, readNatsService } from '../../../compose/nats-service.ts';
import { type Project, type Service, textIn } from '../../../compose/project.ts';
import { isLoopback, type PublishedPort, publishedPorts } from '../../../compose/published-ports.ts';
import type { Fix } from '../../../lint/finding.ts';
import { defineComposeRule } from '../../compose-projects.ts';

const clientPort = 4222;
const monitoringPort = 8222;

export default defineComposeRule({
  id: 'compose/port-exposes-broker',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: true,
  judges: 'the project',
  *check({ project, settings }) {
    for (const service of project.services.values()) {
      const nats = readNatsService(service.definition, project.directory);
      if (!nats) continue;
      const open = openness(nats, service, project);
      for (const port of publishedPorts(service.definition)) {
        if (isLoopback(port.address) || isForDevelopment(port.place.file, settings)) continue;
        if (port.target === monitoringPort) {
          yield {
            ...port.place,
            severity: 'information',
            message: `The monitoring port of \`${service.name}\` is published, and it tells anyone who can reach the host about connections, subjects and accounts. Bind it to 127.0.0.1, or do not publish it.`,
            fix: bindToLoopback(port),
          };
        } else if (port.target === clientPort && open) {
          yield {
            ...port.place,
            message: `${open} and its port is published, so whoever reaches the host can read and write every subject. Add users to its configuration, or bind the port to 127.0.0.1.`,
            fix: bindToLoopback(port),
          };
        }
      }
    }
  },
});

/** Why the server asks for no login, as the start of a sentence; undefined when it does, or when nothing tells. */
function openness(nats: NatsService, service: Service, project: Project): string | undefined {
  const asks = `\`${service.name}\` asks nobody to log in`;
  if (nats.hasLogin) return undefined;
  if (nats.config === undefined) return service.definition.lists.has('configs') ? undefined : asks;
  const text = nats.configFile === undefined ? '' : textIn(project, nats.configFile);
  if (text !== '') return mentionsLogin.test(text) ? undefined : asks;
  const client = clientsOf(service, project).find(isWithoutLogin);
  return client && `\`${service.name}\` lets \`${client.name}\` in without a login`;
}

const mentionsLogin = /^[^#\n]*\b(?:authorization|accounts|operator|resolver|include|token|users|nkey|auth_callout|system_account)\b/im;

function clientsOf(broker: Service, project: Project): readonly Service[] {
  const url = new RegExp(`nats://${broker.name.replace(/[^\w-]/g, '.')}(?::\\d+)?(?:[/,"'\\s]|$)`);
  return [...project.services.values()].filter(
    service => service !== broker && [...service.environment.values()].some(({ value }) => value !== undefined && url.test(value)),
  );
}

function isWithoutLogin(client: Service): boolean {
  const named = [...client.environment.keys()].some(name => /NATS.*(?:USER|PASS|TOKEN|CRED|NKEY|SEED|JWT|AUTH)/i.test(name));
  return !named && !client.hasUnreadFile && !client.definition.lists.has('secrets');
}

function bindToLoopback(port: PublishedPort): readonly Fix[] {
  const { file, span } = port.place;
  if (port.address !== '') return [];
  return [
    {
      title: 'Bind the port to 127.0.0.1',
      safety: 'unsafe',
      edits: () => [{ file, span, newText: `"127.0.0.1:${port.published}:${port.target}"` }],
    },
  ];
}
