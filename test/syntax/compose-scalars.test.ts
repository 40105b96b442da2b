// What a plain scalar reaches the container as. The expected texts are what Docker Compose prints for them.
import assert from 'node:assert/strict';
import { resolvePlain, resolveTagged } from '../../server/src/core/compose/go-scalar.ts';

describe('plain scalars', () => {
  const cases: readonly (readonly [source: string, type: string, text: string])[] = [
    ['1.10', 'float', '1.1'],
    ['017', 'int', '15'],
    ['0o17', 'int', '15'],
    ['08', 'float', '8'],
    ['0x1F', 'int', '31'],
    ['-0x1F', 'int', '-31'],
    ['0b11', 'int', '3'],
    ['1_000', 'int', '1000'],
    ['+12', 'int', '12'],
    ['1e3', 'float', '1000'],
    ['1000000.0', 'float', '1e+06'],
    ['123456.5', 'float', '123456.5'],
    ['1234567.5', 'float', '1.2345675e+06'],
    ['0.0001', 'float', '0.0001'],
    ['0.00001', 'float', '1e-05'],
    ['.5', 'float', '0.5'],
    ['-0', 'float', '-0'],
    ['18446744073709551615', 'int', '18446744073709551615'],
    ['12345678901234567890123', 'float', '1.2345678901234568e+22'],
    ['1e400', 'string', '1e400'],
    ['true', 'bool', 'true'],
    ['TRUE', 'bool', 'true'],
    ['yes', 'string', 'yes'],
    ['~', 'null', ''],
    ['', 'null', ''],
    ['12:30:45', 'string', '12:30:45'],
    ['2026-01-01', 'timestamp', '2026-01-01 00:00:00 +0000 UTC'],
    ['2026-01-01T10:20:30.500+02:00', 'timestamp', '2026-01-01 10:20:30.5 +0200 +0200'],
    ['2026-01-01T10:20:30+00:00', 'timestamp', '2026-01-01 10:20:30 +0000 UTC'],
    ['2026-02-30', 'string', '2026-02-30'],
    ['1.2.3', 'string', '1.2.3'],
  ];
  for (const [source, type, text] of cases) {
    it(`${source || '(nothing)'} is ${type} ${text}`, () => assert.deepEqual(resolvePlain(source), { type, text }));
  }

  it('tags decide', () => {
    assert.deepEqual(resolveTagged('tag:yaml.org,2002:str', '017'), { type: 'string', text: '017' });
    assert.equal(resolveTagged('!mine', '017'), undefined);
  });
});
