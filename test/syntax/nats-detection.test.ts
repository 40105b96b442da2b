// Which `.conf` files without a telling name are NATS configurations: many programs have files that look almost the same.
import assert from 'node:assert/strict';
import { detectLanguage } from '../../server/src/core/detect.ts';

const languageOf = (text: string, name = 'server.conf') => detectLanguage({ id: `file:///srv/${name}`, text });

const ours: Readonly<Record<string, string>> = {
  'a server with JetStream': 'port: 4222\njetstream { store_dir: /data }\n',
  'one in the style of JSON':
    '{\n  "port": 4222,\n  "jetstream": true,\n  "cluster": { "port": 6222, "routes": ["nats-route://a:6222"] }\n}\n',
  'a block of users alone': 'authorization {\n  users = [\n    { user: a, password: b }\n  ]\n}\n',
  'accounts alone': 'accounts {\n  A { users: [ { user: a, password: b } ] }\n}\n',
  'helper variables beside options':
    'ADMIN { publish: ">" }\nport: 4222\nauthorization { users: [ { user: a, password: b, permissions: $ADMIN } ] }\n',
  'one with a mistake in it': 'port: 4222\njetstream {\n  store_dir: /data\nmax_payload: 1.5MB\n',
  'one with a key that does not exist': 'port: 4222\nleafnodes { remotes [ { url: "nats://hub:7422" } ] }\nmonitoring: 8222\n',
};

const others: Readonly<Record<string, string>> = {
  nginx:
    'user nginx;\nworker_processes auto;\npid /run/nginx.pid;\nevents { worker_connections 1024; }\nhttp {\n  server {\n    listen 80;\n    server_name example.org;\n    location / { proxy_pass http://app; }\n  }\n}\n',
  'an nginx stream to a NATS server': 'stream {\n  upstream nats { server nats:4222; }\n  server { listen 4222; proxy_pass nats; }\n}\n',
  redis: 'bind 127.0.0.1\nport 6379\ntimeout 0\nsave 900 1\nappendonly yes\nrequirepass foobared\nmaxmemory 64mb\n',
  mosquitto:
    'listener 1883\nallow_anonymous false\npassword_file /etc/mosquitto/passwd\npersistence true\nlog_dest stdout\npid_file /run/mosquitto.pid\n',
  apache: 'Listen 80\nServerName example.org\n<VirtualHost *:80>\n  DocumentRoot /var/www\n</VirtualHost>\n',
  systemd: '[Unit]\nDescription=NATS\n[Service]\nExecStart=/usr/bin/nats-server -c /etc/nats.conf\nEnvironment=URL=nats://localhost:4222\n',
  supervisor: '[program:nats]\ncommand=nats-server --jetstream -p 4222\nautostart=true\n',
  'a TOML file of an agent that reads from NATS':
    '[[inputs.nats_consumer]]\n  servers = ["nats://localhost:4222"]\n  subjects = ["telegraf"]\n',
  HOCON:
    'akka {\n  loglevel = "INFO"\n  actor { provider = cluster }\n  cluster { seed-nodes = ["akka://a@127.0.0.1:2551"] }\n}\nplay.http.secret.key = "x"\nhttp.port = 9000\n',
  'an MQTT broker in HOCON':
    'node { name = "emqx@127.0.0.1", cookie = x }\ncluster { name = emqxcl, discovery_strategy = manual }\ndashboard { listeners.http.bind = 18083 }\nauthorization { deny_action = ignore, no_match = allow, sources = [] }\nmqtt { max_packet_size = 1MB }\n',
  MongoDB: 'storage:\n  dbPath: /data/db\nnet:\n  port: 27017\n  bindIp: 127.0.0.1\nsecurity:\n  authorization: enabled\n',
  PostgreSQL: "listen_addresses = '*'\nport = 5432\nmax_connections = 100\nlog_file = 'x'\nssl = on\n",
  HAProxy:
    'global\n  daemon\ndefaults\n  mode tcp\nfrontend nats\n  bind *:4222\n  default_backend nats\nbackend nats\n  server n1 10.0.0.1:4222 check\n',
  dnsmasq: 'port=5353\nlisten-address=127.0.0.1\nno-resolv\nserver=8.8.8.8\ncache-size=1000\n',
  BIND: 'options {\n  directory "/var/cache/bind";\n  listen-on port 53 { any; };\n};\nzone "." { type hint; file "/x"; };\n',
  sysctl: 'net.core.somaxconn = 65535\nvm.swappiness = 10\n',
  'log rotation': '/var/log/nats/*.log {\n  daily\n  rotate 7\n  compress\n}\n',
  'an empty file': '',
  'a few ports': 'port: 8080\nhost: localhost\ndebug: true\n',
};

describe('NATS configurations by content', () => {
  for (const [name, text] of Object.entries(ours)) it(`are recognised: ${name}`, () => assert.equal(languageOf(text), 'nats-conf'));
  for (const [name, text] of Object.entries(others)) it(`are told from ${name}`, () => assert.equal(languageOf(text), undefined));

  it('are recognised by the beginning of a long file', () => {
    assert.equal(
      languageOf(`jetstream { store_dir: /data }\naccounts {\n${'  A { users: [ { user: a, password: b } ] }\n'.repeat(5000)}}\n`),
      'nats-conf',
    );
  });
  it('are looked for in `.conf` files only', () => {
    assert.equal(languageOf(ours['a server with JetStream'] as string, 'server.txt'), undefined);
  });
});
