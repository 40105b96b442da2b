// Real clients, with what the server held against them.
import { setImmediate } from 'node:timers/promises';
import {
  AuthorizationError,
  connect,
  type Msg,
  type NatsConnection,
  PermissionViolationError,
  RequestError,
  TimeoutError,
} from '@nats-io/transport-node';
import type { Login } from './configurations.ts';

/** One connection. */
export class Client {
  readonly connection: NatsConnection;
  readonly #errors: Error[] = [];

  private constructor(connection: NatsConnection) {
    this.connection = connection;
    void this.#listen();
  }

  static async open(port: number, login: Login): Promise<Client> {
    return new Client(await connect({ servers: `127.0.0.1:${port}`, ...login, reconnect: false, timeout: 20_000 }));
  }

  /** Whether the server lets somebody in. */
  static async isLetIn(port: number, login: Login): Promise<boolean> {
    try {
      await (await Client.open(port, login)).close();
      return true;
    } catch (error) {
      if (error instanceof AuthorizationError) return false;
      throw error;
    }
  }

  async #listen(): Promise<void> {
    for await (const status of this.connection.status()) if (status.type === 'error') this.#errors.push(status.error);
  }

  /** Waits until the server has dealt with everything so far, and tells whether it refused something of it. Throws for other errors. */
  async refused(): Promise<boolean> {
    await this.connection.flush();
    await setImmediate();
    const errors = this.#errors.splice(0);
    const other = errors.find(error => !(error instanceof PermissionViolationError));
    if (other) throw other;
    return errors.length > 0;
  }

  async publish(subject: string, payload: string, reply?: string): Promise<boolean> {
    this.connection.publish(subject, payload, reply === undefined ? {} : { reply });
    return !(await this.refused());
  }

  /** Whether the server takes a subscription; it stays where `receive` is given. */
  async subscribe(subject: string, queue: string | undefined, receive?: (message: Msg) => void): Promise<boolean> {
    const subscription = this.connection.subscribe(subject, {
      ...(queue === undefined ? {} : { queue }),
      callback: (error, message) => {
        if (!error) receive?.(message);
      },
    });
    const taken = !(await this.refused());
    if (taken && !receive) subscription.unsubscribe();
    return taken;
  }

  /** Whether an answer came within so many milliseconds. */
  async request(subject: string, payload: string, timeout: number): Promise<boolean> {
    try {
      await this.connection.request(subject, payload, { timeout });
      return true;
    } catch (error) {
      if (error instanceof PermissionViolationError || error instanceof RequestError || error instanceof TimeoutError) return false;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}
