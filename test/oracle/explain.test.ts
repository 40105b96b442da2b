// Real clients are refused by a real nats-server; what it prints is explained with the line of its configuration that decided.
import assert from 'node:assert/strict';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { causesOf } from '../../server/src/checks/error-report.ts';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { explainError } from '../../server/src/core/auth-errors/explain-error.ts';
import { type LiveServer, startServer } from './live-server.ts';
import { judges, serverOrSkip } from './nats-server.ts';

const configuration = `authorization {
  users = [
    { user: open, password: pw }
    { user: ada, password: pw, permissions: {
      publish: { allow: ["data.>"], deny: ["data.secret"] }
      subscribe: ["_INBOX.>", "data.>"]
    } }
    { user: worker, password: pw, permissions: {
      subscribe: "jobs.* workers"
    } }
  ]
}
`;

type Refusal = (client: NatsConnection, refused: (error: Error) => void) => void;

const subscribing =
  (subject: string, queue?: string): Refusal =>
  (client, refused) =>
    void client.subscribe(subject, {
      ...(queue ? { queue } : {}),
      callback: error => {
        if (error) refused(error);
      },
    });

const publishing =
  (subject: string): Refusal =>
  (client, refused) => {
    void (async () => {
      for await (const status of client.status()) if (status.type === 'error') refused(status.error);
    })();
    client.publish(subject);
  };

/** Who is refused what, how it is explained, and the line that decided. */
const refusals: readonly (readonly [user: string, refusal: Refusal, explanation: string, line: number])[] = [
  ['ada', publishing('analytics.events.user_signup'), 'nats/publish-denied', 5],
  ['ada', publishing('data.secret'), 'nats/publish-denied', 5],
  ['ada', subscribing('orders.>'), 'nats/subscribe-denied', 6],
  ['worker', subscribing('jobs.a', 'others'), 'nats/queue-subscribe-denied', 9],
  ['worker', subscribing('jobs.a'), 'nats/subscribe-denied', 9],
];

describe('explanations of what a live nats-server refuses', () => {
  for (const version of judges) {
    describe(version, () => {
      let live: LiveServer;

      before(async function () {
        live = await startServer(serverOrSkip(this, version), configuration);
      });
      after(() => live?.stop());

      for (const [user, refusal, explanation, line] of refusals) {
        it(`${user}: ${explanation}, decided in line ${line}`, async () => {
          const client = await connect({ servers: `127.0.0.1:${live.port}`, user, pass: 'pw' });
          const error = await new Promise<Error>(resolve => refusal(client, resolve));
          await client.close();
          const [first] = explainError(String(error));
          assert.equal(first?.error.id, explanation);
          const analyzer = new Analyzer(() => 0);
          const file = 'file:///w/nats.conf';
          analyzer.setFile({ id: file, text: configuration });
          const [cause] = causesOf({ ...first, names: { ...first.names, user } }, analyzer);
          assert.equal(configuration.slice(0, cause?.at.span.start).split('\n').length, line, String(error));
        });
      }
    });
  }
});
