// What is seen of NATS in programs of six languages: each subject with its place, and what is passed over.
import assert from 'node:assert/strict';
import { defaultSettings } from '../../server/src/core/lint/settings.ts';
import { natsUsage } from '../../server/src/core/nats-usage/index.ts';
import { type NatsUsage, usageOf } from '../../server/src/core/nats-usage/model.ts';
import { LineMap } from '../../server/src/core/text/line-map.ts';

function usageIn(name: string, text: string): NatsUsage | undefined {
  const context = { settings: defaultSettings, now: 0, read: () => 'absent' as const };
  const source = natsUsage.build({ id: `file:///app/${name}`, text }, context);
  return source && usageOf(source);
}

/** One line for each use: `line:column kind subject [queue] «text»`; `*` is filled in at run time. */
function usesIn(name: string, text: string): readonly string[] {
  const lines = new LineMap(text);
  return (usageIn(name, text)?.uses ?? []).map(({ kind, pieces, queue, span }) => {
    const { line, character } = lines.positionAt(span.start);
    const subject = pieces.map(piece => (typeof piece === 'string' ? piece : '*')).join('');
    const group = queue === undefined ? '' : ` [${queue ?? 'some queue'}]`;
    return `${line + 1}:${character + 1} ${kind} ${subject}${group} «${text.slice(span.start, span.end)}»`;
  });
}

describe('uses of NATS in Go', () => {
  it('sees connections, JetStream and services, with constants and formats', () => {
    const text = `package shop

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nats.go/micro"
)

const (
	created = "orders.created"
	prefix  = "orders."
)

type Shop struct {
	nc *nats.Conn
	js jetstream.JetStream
}

// nc.Publish("in.a.comment", nil)
func (s *Shop) Run(ctx context.Context, id string, subject string) error {
	s.nc.Publish(created, nil)
	s.nc.Publish(prefix+"paid", nil)
	s.nc.Publish(fmt.Sprintf("orders.%s.v%d", id, 2), nil)
	s.nc.Publish(subject, nil)
	s.nc.PublishMsg(&nats.Msg{Subject: "orders.raw", Data: []byte("x")})
	if _, err := s.nc.RequestWithContext(ctx, "stock.check", nil); err != nil {
		return err
	}
	s.nc.QueueSubscribe("orders.*", "workers", func(m *nats.Msg) { m.Respond(nil) })
	s.js.Publish(ctx, "audit.orders", nil)
	s.js.CreateStream(ctx, jetstream.StreamConfig{Name: "AUDIT", Subjects: []string{"audit.>", "log.>"}})
	srv, _ := micro.AddService(s.nc, micro.Config{Name: "minmax", Version: "0.0.1"})
	root := srv.AddGroup("minmax")
	root.AddEndpoint("min", micro.HandlerFunc(min))
	srv.AddEndpoint("max", micro.HandlerFunc(max), micro.WithEndpointSubject("minmax.largest"))
	return nil
}
`;
    assert.deepEqual(usesIn('shop.go', text), [
      '24:15 publish orders.created «created»',
      '25:15 publish orders.paid «prefix+"paid"»',
      '26:15 publish orders.*.v* «fmt.Sprintf("orders.%s.v%d", id, 2)»',
      '27:15 publish * «subject»',
      '28:38 publish orders.raw «orders.raw»',
      '29:45 request stock.check «stock.check»',
      '32:23 subscribe orders.* [workers] «orders.*»',
      '32:67 respond  «Respond»',
      '33:21 jetstream-publish audit.orders «audit.orders»',
      '34:83 stream audit.> «audit.>»',
      '34:94 stream log.> «log.>»',
      '35:18 subscribe $SRV.PING «AddService»',
      '37:20 subscribe minmax.min [some queue] «min»',
      '38:76 subscribe minmax.largest [some queue] «minmax.largest»',
    ]);
  });

  it('passes over other brokers in the same file, and files without the library', () => {
    const both = `package a

import (
	"github.com/nats-io/nats.go"
	"github.com/redis/go-redis/v9"
)

func run(nc *nats.Conn, rdb *redis.Client, client mqtt.Client) {
	rdb.Publish(ctx, "orders.created", 1)
	rdb.Subscribe(ctx, "orders.created")
	client.Publish("orders/created", 0, false, nil)
	nc.Publish("orders.created", nil)
}
`;
    assert.deepEqual(usesIn('a.go', both), ['12:14 publish orders.created «orders.created»']);
    assert.deepEqual(usesIn('b.go', both.replace('github.com/nats-io/nats.go', 'example.com/nats')), []);
  });
});

describe('uses of NATS in TypeScript and JavaScript', () => {
  it('sees connections, JetStream and services, with objects, enumerations and templates', () => {
    const text = `import { connect, type NatsConnection } from "@nats-io/transport-node";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { Svcm } from "@nats-io/services";

const SUBJECTS = { created: "orders.created", audit: { all: "audit.>" } } as const;
enum Topic { Paid = "orders.paid" }
const REGION = "eu";

export class Shop {
  private readonly subject = "orders.shipped";
  constructor(private readonly nc: NatsConnection) {}

  async run(id: string, subject: string): Promise<void> {
    this.nc.publish(SUBJECTS.created, id);
    this.nc.publish(Topic.Paid);
    this.nc.publish(\`orders.\${REGION}.\${id}\`);
    this.nc.publish(this.subject);
    this.nc.publish(subject);
    await this.nc.request("stock." + id + ".check", "", { timeout: 1000 });
    this.nc.subscribe("orders.*", { queue: "workers", callback: (_err, m) => m.respond() });
    const js = jetstream(this.nc);
    await js.publish("audit.orders");
    const jsm = await jetstreamManager(this.nc);
    await jsm.streams.add({ name: "AUDIT", subjects: ["audit.>"] });
    const srv = await new Svcm(this.nc).add({ name: "max", version: "0.0.1" });
    srv.addGroup("math").addEndpoint("max", { handler: (_err, m) => m?.respond() });
  }
}
`;
    assert.deepEqual(usesIn('shop.ts', text), [
      '14:21 publish orders.created «SUBJECTS.created»',
      '15:21 publish orders.paid «Topic.Paid»',
      '16:22 publish orders.eu.* «orders.${REGION}.${id}»',
      '17:21 publish orders.shipped «this.subject»',
      '18:21 publish * «subject»',
      '19:27 request stock.*.check «"stock." + id + ".check"»',
      '20:24 subscribe orders.* [workers] «orders.*»',
      '20:80 respond  «respond»',
      '22:23 jetstream-publish audit.orders «audit.orders»',
      '24:56 stream audit.> «audit.>»',
      '25:41 subscribe $SRV.PING «add»',
      '26:39 subscribe math.max [some queue] «max»',
      '26:72 respond  «respond»',
    ]);
  });

  it('takes the usual names behind another word for what they are', () => {
    const text = `import { hub } from "./hub";
import type { Msg } from "nats";
export const relay = async (m: Msg) => {
  hub.leafNc.publish("leaf.seen");
  await hub.ordersJs.publish("orders.seen");
  raw_nc.subscribe("raw.>");
  sync.publish("not.this");
  Func.subscribe("nor.this");
};
`;
    assert.deepEqual(usesIn('relay.ts', text), [
      '4:23 publish leaf.seen «leaf.seen»',
      '5:31 jetstream-publish orders.seen «orders.seen»',
      '6:21 subscribe raw.> «raw.>»',
    ]);
  });

  it('passes over MQTT, Redis, event emitters and RxJS', () => {
    const text = `import mqtt from "mqtt";
import { Subject } from "rxjs";
import { connect } from "nats";

const client = mqtt.connect("mqtt://localhost");
const nc = await connect({ servers: "nats://localhost" });
client.publish("sensors/1", "on");
client.subscribe("sensors/+");
redis.publish("orders.created", "1");
emitter.subscribe("orders.created");
new Subject<string>().subscribe(value => console.log(value));
const pattern = /nc.publish("no")/;
nc.publish("orders.created");
`;
    assert.deepEqual(usesIn('a.mjs', text), ['13:13 publish orders.created «orders.created»']);
    assert.deepEqual(usesIn('b.ts', 'import { EventEmitter } from "events";\n// nats\nnc.publish("orders.created");\n'), []);
  });
});

describe('uses of NATS in Python', () => {
  it('sees connections and JetStream, with constants, f-strings and named arguments', () => {
    const text = `import asyncio
import nats
from nats.js.api import StreamConfig

PREFIX = "orders"
CREATED = PREFIX + ".created"


class Subjects:
    PAID = "orders.paid"


class Shop:
    def __init__(self, nc):
        """nc.publish("in.documentation")"""
        self.nc = nc
        self.js = nc.jetstream()
        self.subject = "orders.shipped"

    async def run(self, id, subject):
        await self.nc.publish(CREATED, b"")
        await self.nc.publish(Subjects.PAID, b"")
        await self.nc.publish(subject=f"{PREFIX}.{id}.new", payload=b"")
        await self.nc.publish("orders.%s.old" % id)
        await self.nc.publish("orders.{}.{region}".format(id, region="eu"))
        await self.nc.publish(self.subject)
        await self.nc.publish(subject)
        await self.nc.request("stock.check", b"", timeout=1)
        await self.nc.subscribe("orders.*", queue="workers", cb=self.handle)
        await self.js.publish("audit.orders", b"")
        await self.js.add_stream(name="AUDIT", subjects=["audit.>", "log.>"])

    async def handle(self, msg):
        await msg.respond(b"ok")
`;
    assert.deepEqual(usesIn('shop.py', text), [
      '21:31 publish orders.created «CREATED»',
      '22:31 publish orders.paid «Subjects.PAID»',
      '23:41 publish orders.*.new «{PREFIX}.{id}.new»',
      '24:31 publish orders.*.old «"orders.%s.old" % id»',
      '25:31 publish orders.*.* «"orders.{}.{region}".format(id, region="eu")»',
      '26:31 publish orders.shipped «self.subject»',
      '27:31 publish * «subject»',
      '28:32 request stock.check «stock.check»',
      '29:34 subscribe orders.* [workers] «orders.*»',
      '30:32 jetstream-publish audit.orders «audit.orders»',
      '31:59 stream audit.> «audit.>»',
      '31:70 stream log.> «log.>»',
      '34:19 respond  «respond»',
    ]);
  });

  it('takes no variable for a constant that is set in several ways or hidden by a parameter', () => {
    const text = `import nats

subject = "orders.created"


async def one(nc, subject):
    await nc.publish(subject)


async def two(nc, eu):
    target = "orders.us"
    if eu:
        target = "orders.eu"
    await nc.publish(target)


async def three(nc):
    await nc.publish(subject)
    for subject in ("a", "b"):
        await nc.publish(subject)
`;
    assert.deepEqual(usesIn('a.py', text), [
      '7:22 publish * «subject»',
      '14:22 publish * «target»',
      '18:22 publish * «subject»',
      '20:26 publish * «subject»',
    ]);
  });
});

describe('uses of NATS in Java', () => {
  it('sees connections, dispatchers and builders', () => {
    const text = `import io.nats.client.*;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.NatsMessage;

public class Shop {
  private static final String PREFIX = "orders.";
  static final String CREATED = PREFIX + "created";

  void run(Connection nc, String id) throws Exception {
    nc.publish(CREATED, null);
    nc.publish(String.format("orders.%s.new", id), null);
    nc.publish(PREFIX + id + ".old", null);
    nc.publish(NatsMessage.builder().subject("orders.raw").data("x").build());
    nc.request("stock.check", null);
    Dispatcher d = nc.createDispatcher(msg -> nc.publish(msg.getReplyTo(), null));
    d.subscribe("orders.*", "workers");
    JetStream js = nc.jetStream();
    js.publish("audit.orders", null);
    js.subscribe("audit.>", PushSubscribeOptions.builder().build());
    StreamConfiguration.builder().name("AUDIT").subjects("audit.>", "log.>").build();
    Jwts.builder().subject("not.a.message").compact();
  }
}
`;
    assert.deepEqual(usesIn('Shop.java', text), [
      '10:16 publish orders.created «CREATED»',
      '11:16 publish orders.*.new «String.format("orders.%s.new", id)»',
      '12:16 publish orders.*.old «PREFIX + id + ".old"»',
      '13:16 publish * «NatsMessage.builder().subject("orders.raw").data("x").build()»',
      '13:47 publish orders.raw «orders.raw»',
      '14:17 request stock.check «stock.check»',
      '15:58 publish * «msg.getReplyTo()»',
      '16:18 subscribe orders.* [workers] «orders.*»',
      '18:17 jetstream-publish audit.orders «audit.orders»',
      '19:19 filter audit.> [some queue] «audit.>»',
      '20:59 stream audit.> «audit.>»',
      '20:70 stream log.> «log.>»',
    ]);
  });
});

describe('uses of NATS in Rust', () => {
  it('sees clients, contexts of JetStream and services', () => {
    const text = `use async_nats::jetstream::{self, stream};
use async_nats::service::ServiceExt;

const CREATED: &str = "orders.created";

pub struct Shop {
    client: async_nats::Client,
}

impl Shop {
    async fn run<'a>(&'a self, id: &str) -> Result<(), async_nats::Error> {
        self.client.publish(CREATED, "".into()).await?;
        self.client.publish(format!("orders.{id}.new"), "".into()).await?;
        self.client.publish(format!("orders.{}.old", id), "".into()).await?;
        self.client.request("stock.check".to_string(), "".into()).await?;
        let mut orders = self.client.queue_subscribe("orders.*", "workers".to_string()).await?;
        let context = jetstream::new(self.client.clone());
        context.publish(r#"audit.orders"#, "".into()).await?;
        context.create_stream(stream::Config { name: "AUDIT".into(), subjects: vec!["audit.>".into()], ..Default::default() }).await?;
        let service = self.client.service_builder().start("minmax", "0.0.1").await?;
        let group = service.group("minmax");
        let mut min = group.endpoint("min").await?;
        sender.subscribe("not.ours");
        Ok(())
    }
}
`;
    assert.deepEqual(usesIn('main.rs', text), [
      '12:29 publish orders.created «CREATED»',
      '13:29 publish orders.*.new «format!("orders.{id}.new")»',
      '14:29 publish orders.*.old «format!("orders.{}.old", id)»',
      '15:29 request stock.check «"stock.check".to_string()»',
      '16:55 subscribe orders.* [workers] «orders.*»',
      '18:28 jetstream-publish audit.orders «audit.orders»',
      '19:85 stream audit.> «"audit.>".into()»',
      '20:35 subscribe $SRV.PING «service_builder»',
      '22:39 subscribe minmax.min [some queue] «min»',
    ]);
  });
});

describe('uses of NATS in C#', () => {
  it('sees connections of both libraries, with named arguments and interpolation', () => {
    const text = `using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

public class Shop(INatsConnection nats, INatsJSContext js)
{
    private const string Created = "orders.created";

    public async Task Run(string id)
    {
        await nats.PublishAsync(Created, 1);
        await nats.PublishAsync<Order>(subject: $"orders.{id}.new", data: new Order());
        await nats.PublishAsync(string.Format("orders.{0}.old", id));
        await nats.RequestAsync<int, string>(@"stock.check", 0);
        await foreach (var msg in nats.SubscribeAsync<Order>("orders.*", queueGroup: "workers"))
            await msg.ReplyAsync(1);
        await js.PublishAsync("audit.orders", 1);
        await js.CreateStreamAsync(new StreamConfig("AUDIT", ["audit.>"]));
        await js.CreateStreamAsync(new StreamConfig { Name = "LOG", Subjects = new[] { "log.>" } });
        await mediator.PublishAsync("not.ours");
    }
}
`;
    assert.deepEqual(usesIn('Shop.cs', text), [
      '11:33 publish orders.created «Created»',
      '12:51 publish orders.*.new «orders.{id}.new»',
      '13:33 publish orders.*.old «string.Format("orders.{0}.old", id)»',
      '14:48 request stock.check «stock.check»',
      '15:63 subscribe orders.* [workers] «orders.*»',
      '16:23 respond  «ReplyAsync»',
      '17:32 jetstream-publish audit.orders «audit.orders»',
      '18:64 stream audit.> «audit.>»',
      '19:89 stream log.> «log.>»',
    ]);
  });
});

describe('the login of a program', () => {
  const cases: readonly (readonly [name: string, text: string, users: readonly string[], other: boolean, credentials?: string])[] = [
    ['a.go', 'import "github.com/nats-io/nats.go"\nvar nc, _ = nats.Connect(url, nats.UserInfo("ana", password))', ['ana'], false],
    ['b.go', 'import "github.com/nats-io/nats.go"\nvar nc, _ = nats.Connect("nats://ana:" + password)', [], false],
    [
      'c.go',
      'import "github.com/nats-io/nats.go"\nvar nc, _ = nats.Connect(url, nats.UserCredentials("keys/ana.creds"))',
      [],
      false,
      'ana.creds',
    ],
    [
      'l.ts',
      'import { connect, credsAuthenticator } from "nats";\nawait connect({ authenticator: credsAuthenticator(readFileSync("./ana.creds")) });',
      [],
      false,
      'ana.creds',
    ],
    ['m.py', 'import nats\nasync def f():\n    await nats.connect(url, user_credentials=path)', [], true],
    [
      'd.ts',
      'import { connect } from "nats";\nconst nc = await connect({ servers, user: "ana", pass: process.env.PASS });',
      ['ana'],
      false,
    ],
    [
      'e.ts',
      'import { connect } from "nats";\nconst nc = await connect({ user: process.env.NATS_USER });\nsave({ user: "bo" });',
      [],
      true,
    ],
    ['f.py', 'import nats\nasync def f():\n    await nats.connect("nats://ana:s3cr3t@localhost:4222")', ['ana'], false],
    ['g.py', 'import nats\nasync def f():\n    await nats.connect(url, user="ana", password=password)', ['ana'], false],
    ['H.java', 'import io.nats.client.Nats;\nvar o = new Options.Builder().userInfo("ana", password).build();', ['ana'], false],
    ['i.rs', 'use async_nats::ConnectOptions;\nlet o = ConnectOptions::with_user_and_password("ana".into(), password);', ['ana'], false],
    [
      'j.cs',
      'using NATS.Net;\nvar o = NatsOpts.Default with { AuthOpts = new NatsAuthOpts { Username = "ana", Password = p } };',
      ['ana'],
      false,
    ],
    ['k.go', 'import "github.com/nats-io/nats.go"\nvar nc, _ = nats.Connect("nats://token@localhost")', [], false],
  ];
  for (const [name, text, users, other, credentials] of cases) {
    it(`${name}: ${users[0] ?? credentials ?? (other ? 'something that names nobody' : 'nothing')}`, () => {
      assert.deepEqual(usageIn(name, text)?.login, { users, credentials: credentials ? [credentials] : [], other });
    });
  }
});

describe('programs that are not read', () => {
  const text = 'package a\nimport "github.com/nats-io/nats.go"\nfunc run(nc *nats.Conn) { nc.Publish("orders.created", nil) }\n';

  it('tests, documentation and other languages are left out', () => {
    assert.equal(usesIn('a.go', text).length, 1);
    for (const name of ['a_test.go', 'testdata/a.go', 'docs/a.go', 'a.txt', 'README.md']) assert.deepEqual(usesIn(name, text), [], name);
  });

  it('any text is read without a fault', () => {
    for (const end of Array.from({ length: text.length }, (_, i) => i)) usesIn('a.go', text.slice(0, end));
    const broken = 'import { connect } from "nats";\nnc.publish(`a.${b.${"c"}`, "`, (((nc.publish("x';
    for (const name of ['a.ts', 'a.go', 'a.py', 'A.java', 'a.rs', 'a.cs']) {
      usesIn(
        name,
        `import nats\nimport io.nats.client.Nats;\nuse async_nats::Client;\nusing NATS.Net;\n"github.com/nats-io/nats.go"\n${broken}`,
      );
    }
  });
});
