import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { credentialKinds } from '../../../../local/command-line/credential-kind.ts';
import { parseOptions } from '../../../../local/command-line/options.ts';

const asUsual = { once: false, reader: true };
const standIn = { kind: 'stand-in', credential: 'ticket' };
const real = { WEB_API_URL: 'https://example.com/Cust12345/api', SO_TICKET: 'fake-ticket' };
const directory = mkdtempSync(join(tmpdir(), 'options-'));
const envFile = join(directory, 'real.env');
writeFileSync(
  envFile,
  'CUSTOMER_ID=Cust12345\nCUSTOMER_ENVIRONMENT=sod\nSO_USERNAME=jte\nSO_PASSWORD=from-file\n',
);
afterAll(() => rmSync(directory, { recursive: true }));

describe('parseOptions', () => {
  it.each([
    [[], { events: { kind: 'demo' }, ...asUsual }],
    [['--once'], { events: { kind: 'demo' }, ...asUsual, once: true }],
    [['--events', 'e.json'], { events: { kind: 'file', path: 'e.json' }, ...asUsual }],
    [['--events', '-', '--once'], { events: { kind: 'file', path: '-' }, ...asUsual, once: true }],
    [['--events', '-'], { events: { kind: 'file', path: '-' }, ...asUsual, once: true }],
    [
      ['--once', '--expect', 'assigned, transfer-pending'],
      {
        events: { kind: 'demo' },
        ...asUsual,
        once: true,
        expect: ['assigned', 'transfer-pending'],
      },
    ],
    [['--no-reader'], { events: { kind: 'demo' }, ...asUsual, reader: false }],
    [
      ['--port', '4566', '--env-out', 'local.env'],
      { events: { kind: 'demo' }, ...asUsual, port: 4566, envOut: 'local.env' },
    ],
    [['--count', '12'], { events: { kind: 'made', count: 12 }, ...asUsual }],
  ])('reads %j', (argv, expected) => {
    expect(parseOptions(argv, {})).toEqual({ kind: 'run', superOffice: standIn, ...expected });
  });

  it.each(credentialKinds)('has the stand-in give a credential of the kind %s', (credential) => {
    expect(parseOptions(['--credential', credential], {})).toMatchObject({
      superOffice: { kind: 'stand-in', credential },
    });
  });

  it('refuses another kind of credential, and one beside a real SuperOffice', () => {
    const real = { WEB_API_URL: 'https://example.com/api', SO_TICKET: 't' };

    expect(() => parseOptions(['--credential', 'key'], {})).toThrow(
      '--credential: expected one of ticket, refresh-token, system-user, password, bearer-token; found "key".',
    );
    expect(() => parseOptions(['--credential', 'ticket'], real)).toThrow(
      '--credential: expected a stand-in; a real SuperOffice takes its own.',
    );
  });

  it('knows --help whatever else is there', () => {
    expect(parseOptions(['--help', '--once'], {})).toEqual({ kind: 'help' });
  });

  it.each([
    [['--bogus'], "Unknown option '--bogus'."],
    [['word'], "Unexpected argument 'word'."],
    [['--events'], "Option '--events <value>' argument missing."],
    [['--events', ''], '--events: expected a file, or -; found nothing.'],
    [['--env-out', ''], '--env-out: expected a file; found nothing.'],
    [['--count', '0'], '--count: expected a whole number from 1 to 100000; found "0".'],
    [['--count', '-5'], '--count: expected a whole number from 1 to 100000; found "-5".'],
    [['--count', '1e3'], '--count: expected a whole number from 1 to 100000; found "1e3".'],
    [['--port', '0'], '--port: expected a whole number from 1 to 65535; found "0".'],
    [['--expect', 'assigned'], '--expect: expected along with --once; found without it.'],
    [
      ['--once', '--expect', 'asigned'],
      '--expect: expected some of transfer-pending,assigned,not-applied,failed,superseded,expired,unknown,invalid-event,declined,unanswered,would-transfer; found "asigned".',
    ],
    [
      ['--events', '-', '--no-reader'],
      '--no-reader: expected without --once and --events -, which take the queue away when they end.',
    ],
    [
      ['--once', '--no-reader'],
      '--no-reader: expected without --once and --events -, which take the queue away when they end.',
    ],
    [
      ['--count', '5', '--events', '-'],
      '--count: expected either --events or --count; found both.',
    ],
  ])('refuses %j in one line', (argv, says) => {
    expect(() => parseOptions(argv, {})).toThrow(expect.objectContaining({ message: says }));
  });

  it('puts a real SuperOffice in the place of the stand-in, and then sends nothing', () => {
    expect(parseOptions([], real)).toEqual({
      kind: 'run',
      superOffice: {
        kind: 'real',
        tenant: { webApiUrl: real.WEB_API_URL },
        secret: { ticket: real.SO_TICKET },
      },
      events: { kind: 'none' },
      ...asUsual,
    });
  });

  it('reads a real SuperOffice from a file, the environment before it', () => {
    const options = parseOptions(['--env-file', envFile], { SO_PASSWORD: 'from-environment' });

    expect(options).toMatchObject({
      superOffice: {
        kind: 'real',
        tenant: { customerId: 'Cust12345', environment: 'sod' },
        secret: { username: 'jte', password: 'from-environment' },
      },
    });
  });

  it.each([
    [
      'WEBAPI_URL=topsecret\nTICKET=topsecret\nfoo=topsecret',
      'found foo, TICKET, WEBAPI_URL. Did you mean SO_TICKET, WEB_API_URL?',
    ],
    ['WEB_API_URL=\nSO_TICKET=', 'found SO_TICKET (empty), WEB_API_URL (empty).'],
    ['', 'found no variable.'],
    ['topSecretOfAKey==', 'found 1 of other names.'],
    [
      Array.from({ length: 10 }, (_, index) => `N${index}=topsecret`).join('\n'),
      'found N0, N1, N2, N3, N4, N5, N6, N7, 2 more.',
    ],
  ])('refuses a file that names no SuperOffice, by names alone: %j', (content, found) => {
    const path = join(directory, 'other.env');
    writeFileSync(path, content);
    const expected =
      'expected WEB_API_URL or CUSTOMER_ID, and a credential such as SO_TICKET (see --help)';

    expect(() => parseOptions(['--env-file', path], {})).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: `--env-file: ${path}: ${expected}; ${found}`,
      }),
    );
  });

  it('takes a file of other things beside a SuperOffice in the environment', () => {
    const path = join(directory, 'other.env');
    writeFileSync(path, 'OTHER=1');

    expect(parseOptions(['--env-file', path], real)).toMatchObject({
      superOffice: { kind: 'real' },
    });
  });

  it.each([
    [['--env-file', envFile], { SO_TICKET: 't' }, 'either SO_TICKET or SO_USERNAME; found both.'],
    [['--count', '5'], real, '--count: expected a stand-in; made events would move real chats.'],
    [['--once'], real, '--once: with a real SuperOffice, expected --events as well.'],
    [['--env-file', 'none.env'], {}, 'none.env cannot be read (no such file or directory).'],
    [['--env-file', '.'], {}, '--env-file: . cannot be read (is a directory).'],
  ])('refuses %j with %j', (argv, environment, says) => {
    expect(() => parseOptions(argv, environment)).toThrow(says);
  });
});
