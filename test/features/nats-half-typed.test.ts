// A NATS configuration while somebody types in it: the mistake is named where it is made, and nothing is said that is only a consequence.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { defaultSettings } from '../../server/src/core/lint/settings.ts';
import { LineMap } from '../../server/src/core/text/line-map.ts';

const whole = `port: 4222
jetstream {
  store_dir: "/data"
  max_mem: 1G
}
accounts {
  SYS {
    users: [ { user: sys, password: $SYS_PASSWORD } ]
  }
  APP {
    users: [
      { user: app, password: $APP_PASSWORD, permissions: {
          publish: { allow: ["orders.>", "audit.>"] }
          subscribe: { allow: ["_INBOX.>"] }
        }
      }
      { user: reader, password: $READER_PASSWORD }
    ]
    exports: [ { stream: "orders.>" } ]
  }
}
system_account: SYS
cluster {
  name: c1
  routes: [
    nats://n2:6222
    nats://n3:6222
  ]
}
`;

const flat = 'port: 4222\nauthorization {\nuser: a\npassword: $PASSWORD\n}\ncluster {\nname: c\n}\n';

/** Every error as `line:column rule`. */
function errorsOf(text: string): readonly string[] {
  const file = 'file:///w/nats.conf';
  const analyzer = new Analyzer(() => 0, defaultSettings);
  analyzer.setFile({ id: file, text }, 'nats-conf');
  const lines = new LineMap(text);
  assert.deepEqual(analyzer.faults(), []);
  return analyzer
    .result(file)
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ rule, span }) => {
      const line = lines.lineAt(span.start);
      return `${line + 1}:${span.start - lines.lineStart(line) + 1} ${rule}`;
    });
}

/** Replaces one place of a text that is in order, and expects one mistake. */
function says(what: string, from: string, to: string, place: string, text = whole): void {
  it(what, () => {
    assert.ok(text.includes(from));
    assert.deepEqual(
      errorsOf(text.replace(from, () => to)),
      place.split(', ').map(at => `${at} nats/syntax`),
    );
  });
}

describe('half-typed NATS configurations', () => {
  it('are in order once they are whole', () => {
    assert.deepEqual(errorsOf(whole), []);
    assert.deepEqual(errorsOf(flat), []);
  });

  describe('a bracket that is missing', () => {
    says('at the end of a block', '  max_mem: 1G\n}', '  max_mem: 1G', '2:11');
    says('at the end of an account', 'PASSWORD } ]\n  }', 'PASSWORD } ]', '7:7');
    says('at the end of the accounts', '  }\n}\nsystem', '  }\nsystem', '6:10');
    says('on the line where it opens', '"audit.>"] }', '"audit.>"]', '13:20');
    says('at the end of a list', '    ]\n    exports', '    exports', '11:12');
    says('behind a block that was just begun', 'accounts {', 'leafnodes {\n\naccounts {', '6:11');
    says('behind an account that was just begun', '  APP {', '  NEW {\n    users: [\n  APP {', '10:7, 11:12');
    says('in a user that was just begun', '    ]\n    exports', '      { user:\n    ]\n    exports', '18:7');
    says('where nothing is indented', '\n}', '', '2:15', flat);
  });

  describe('a bracket that is one too many', () => {
    says('behind an account', '  APP {', '  }\n  APP {', '10:3');
    says('in a user', '        }\n      }', '        }\n        }\n      }', '16:9');
  });

  describe('a bracket that opens nothing', () => {
    says('at the top', 'jetstream {', 'jetstream', '2:1');
    says('of an account', '  APP {', '  APP', '10:3');
    says(
      'with what follows as in YAML',
      'jetstream {\n  store_dir: "/data"\n  max_mem: 1G\n}',
      'jetstream:\n  store_dir: /data\n  max_mem: 1G',
      '2:1',
    );
    says('for a list as in YAML', '[\n    nats://n2:6222\n    nats://n3:6222\n  ]', '\n    - nats://n2:6222\n    - nats://n3:6222', '26:5');
  });

  describe('a quote that is left open', () => {
    says('at the end of a line', '"/data"', '"/data', '3:14');
    says('before another on its line', '"orders.>", ', '"orders.>, ', '13:30');
    says('before a key on its line', '{ user: reader, password: $READER', '{ user: "reader, password: "$READER', '17:15, 17:34');
  });
});
