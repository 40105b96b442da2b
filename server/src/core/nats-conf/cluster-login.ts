// Servers of a cluster log in to each other by one user and password, which each of them writes twice: for those that come, and in the
// addresses of those that it goes to. Where one place has them, the other needs the same.
import { type Block, blockOf, blocksOf, settingOf, stringOf } from './blocks.ts';
import { blocksAround } from './blocks-around.ts';
import type { NatsConf } from './model.ts';
import type { Slot } from './slots.ts';
import type { Standpoint } from './standpoint.ts';
import { isBcryptHash, stringsIn } from './strings.ts';

/** Both are secrets; neither is to be shown. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/** What an address of a route or gateway needs before its host, for the server that is configured alike; undefined where nothing is asked for. */
export function loginForAddress({ root }: NatsConf, { option, owner }: Slot): Login | undefined {
  const isRoute = option.format === 'route-url';
  if (!isRoute && owner.name !== 'remote_gateway') return undefined;
  const asked = blockOf(blockOf(root, isRoute ? 'cluster' : 'gateway'), 'authorization');
  const [user, password] = [stringOf(asked, 'user'), stringOf(asked, 'password')];
  if (!user?.value || !password?.value || password.setting.value.via || isBcryptHash(password.value)) return undefined;
  return { user: user.value, password: password.value };
}

/** `nats://host` as somebody writes it who logs in; `shown` is the password or what stands for it. */
export function withLogin(address: string, { user }: Login, shown: string): string {
  return address.replace('//', `//${encodeURIComponent(user)}:${shown}@`);
}

/** The password in the addresses of a cluster or gateway, for its own `authorization` around an offset; undefined where they have several. */
export function passwordOfAddresses(here: Standpoint, offset: number): string | undefined {
  const [own, around] = blocksAround(here, offset);
  if (own?.setting?.option.key !== 'authorization' || !around) return undefined;
  const user = stringOf(own, 'user')?.value;
  const logins = addressesOf(around).flatMap(address => loginIn(address) ?? []);
  const passwords = new Set(logins.flatMap(login => (user === undefined || login.user === user ? login.password : [])));
  return passwords.size === 1 ? [...passwords][0] : undefined;
}

function addressesOf(block: Block): readonly string[] {
  const of = (one: Block, key: string) => {
    const value = settingOf(one, key)?.value;
    return value ? stringsIn(value).map(({ value: text }) => text) : [];
  };
  if (block.fact.name === 'cluster') return of(block, 'routes');
  return block.fact.name === 'gateway' ? blocksOf(block, 'gateways').flatMap(remote => [...of(remote, 'url'), ...of(remote, 'urls')]) : [];
}

function loginIn(address: string): Login | undefined {
  const [, user, password] = /^\w[\w+.-]*:\/\/([^/:]*):([^/]*)@/s.exec(address) ?? [];
  if (!user || !password) return undefined;
  try {
    return { user: decodeURIComponent(user), password: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}
