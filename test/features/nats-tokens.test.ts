// What a word of nats.conf means, as editors colour it; links to other files.
import assert from 'node:assert/strict';
import { createUser } from '@nats-io/nkeys';
import { natsConf } from '../../server/src/core/nats-conf/index.ts';
import { modelOf, type NatsModel, partOf } from '../support/nats-models.ts';

function tokensOf({ conf, context }: NatsModel) {
  return natsConf.semanticTokens?.(conf, context) ?? [];
}

/** Each token as `type.modifiers «text»`. */
function shown(model: NatsModel): string[] {
  const text = model.conf.evaluation.files[0]?.file.text ?? '';
  return tokensOf(model).map(({ span, type, modifiers }) => `${[type, ...modifiers].join('.')} «${text.slice(span.start, span.end)}»`);
}

describe('semantic tokens of nats.conf', () => {
  it('tell options from what is none, blocks from values, numbers from their units', () => {
    assert.deepEqual(shown(modelOf('port: 4222 # c\nprot: 1.5\nmax_payload = 8MB\ncluster { name: "x" }\ndebug: off\n')), [
      'property.defaultLibrary «port»',
      'number «4222»',
      'comment «# c»',
      'property «prot»',
      'number «1.5»',
      'property.defaultLibrary «max_payload»',
      'number «8»',
      'keyword.defaultLibrary «MB»',
      'class.defaultLibrary «cluster»',
      'property.defaultLibrary «name»',
      'string «"x"»',
      'property.defaultLibrary «debug»',
      'keyword.readonly «off»',
    ]);
  });

  it('know variables: defined here, and from the environment', () => {
    assert.deepEqual(shown(modelOf('name: a\nserver_name: $name\nhost: $HOST\n')), [
      'variable.declaration «name»',
      'string «a»',
      'property.defaultLibrary «server_name»',
      'variable «$name»',
      'property.defaultLibrary «host»',
      'variable.readonly «$HOST»',
    ]);
  });

  it('show accounts, wildcards of subjects, times and keys', () => {
    const user = createUser();
    const nkey = user.getPublicKey();
    const seed = new TextDecoder().decode(user.getSeed());
    const text = `accounts { A { users: [{ nkey: ${nkey}, permissions { publish: "a.*.>" } }, { nkey: ${seed} }] } }\nping_interval: "2m"\n`;
    assert.deepEqual(shown(modelOf(text)), [
      'class.defaultLibrary «accounts»',
      'class.declaration «A»',
      'property.defaultLibrary «users»',
      'property.defaultLibrary «nkey»',
      `class.readonly «${nkey}»`,
      'class.defaultLibrary «permissions»',
      'property.defaultLibrary «publish»',
      'string «a.»',
      'operator «*»',
      'string «.»',
      'operator «>»',
      'property.defaultLibrary «nkey»',
      `regexp «${seed}»`,
      'property.defaultLibrary «ping_interval»',
      'number «2m»',
    ]);
  });

  it('strike out what is deprecated, and do not know what the target has not', () => {
    assert.deepEqual(shown(modelOf('default_js_domain { A: hub }\n'))[0], 'class.defaultLibrary.deprecated «default_js_domain»');
    assert.deepEqual(shown(modelOf({ 'nats.conf': 'feature_flags {}\n' }, [2, 9, 25])), ['property «feature_flags»']);
  });

  it('split texts over several lines', () => {
    assert.deepEqual(shown(modelOf('a: (\n b\n\n c\n)\n')), ['property «a»', 'string «(»', 'string « b»', 'string « c»', 'string «)»']);
  });

  it('are those of the place where a file is included', () => {
    const files = { 'nats.conf': 'authorization {\n  users: [\n    { include user.conf }\n  ]\n}\n', 'user.conf': 'user: ana\nport: 1\n' };
    assert.deepEqual(shown(partOf(files, 'user.conf')), [
      'property.defaultLibrary «user»',
      'string «ana»',
      'property «port»',
      'number «1»',
    ]);
    assert.deepEqual(shown(modelOf(files)).slice(2, 4), ['keyword «include»', 'string «user.conf»']);
  });

  it('are in order and on one line, whatever the text', () => {
    const texts = [
      'a {\n b: [1, "x\ny"\n# c\n}\n } port: $x',
      'accounts: {\n A: { users = [ {user: a, pass: "b} ]\n}\n',
      'x: (\n a',
      '"a\nb": 1\n/* c */ d: ${E}\n',
      'include\ninclude "a\n',
      'port 4222 4223\n[section]\nkey == 1\n',
    ];
    for (const text of texts) {
      for (let length = 0; length <= text.length; length++) {
        const part = text.slice(0, length);
        let end = 0;
        for (const { span } of tokensOf(modelOf(part))) {
          assert.ok(span.start >= end && span.end > span.start, part);
          assert.ok(!/[\r\n]/.test(part.slice(span.start, span.end)), part);
          end = span.end;
        }
      }
    }
  });
});

describe('links of nats.conf', () => {
  const links = ({ conf, context }: NatsModel) => {
    const text = conf.evaluation.files[0]?.file.text ?? '';
    return (natsConf.links?.(conf, context) ?? []).map(
      ({ span, target }) => `${text.slice(span.start, span.end)} -> ${'file' in target ? target.file : target.url}`,
    );
  };

  it('lead to files that are there', () => {
    const files = {
      'nats.conf':
        'include "parts/a.conf"\ninclude gone.conf\ninclude later.conf\ncert = ./server.pem\n' +
        'tls { cert_file: $cert, key_file: "key.pem", ca_file: "certs/ca.pem" }\n' +
        'leafnodes { remotes: [{ url: "nats://h", credentials: "leaf.creds" }, { url: "nats://i", credentials: "none.creds" }] }\n',
      'parts/a.conf': 'debug: true\n',
      'later.conf': 'unknown',
      'server.pem': '',
      'key.pem': '',
      'certs/ca.pem': '',
      'leaf.creds': '',
    };
    // A word that begins with a dot is no value, so the certificate is written in quotes.
    const quoted = { ...files, 'nats.conf': files['nats.conf'].replace('./server.pem', '"./server.pem"') };
    assert.deepEqual(links(modelOf(quoted)), [
      'parts/a.conf -> file:///w/parts/a.conf',
      './server.pem -> file:///w/server.pem',
      'certs/ca.pem -> file:///w/certs/ca.pem',
      'leaf.creds -> file:///w/leaf.creds',
    ]);
  });

  it('are found in a part of a configuration', () => {
    const files = {
      'nats.conf': 'tls { include parts/tls.conf }\n',
      'parts/tls.conf': 'ca_file: "ca.pem"\ninclude more.conf\n',
      'parts/more.conf': 'verify: true\n',
      'ca.pem': '',
    };
    assert.deepEqual(links(partOf(files, 'parts/tls.conf')), ['ca.pem -> file:///w/ca.pem', 'more.conf -> file:///w/parts/more.conf']);
  });
});
