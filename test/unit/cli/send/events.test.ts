import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readEvents } from '../../../../cli/send/events.ts';

const directory = mkdtempSync(join(tmpdir(), 'events-'));
afterAll(() => rmSync(directory, { recursive: true }));
const path = join(directory, 'events.json');

const inFile = (content: string, dryRun = false) => {
  writeFileSync(path, content);
  return readEvents({ events: { kind: 'file', path }, dryRun });
};
const one = (event: Record<string, unknown>) =>
  readEvents({ events: { kind: 'one', event }, dryRun: false });

const sound = { chatSessionId: 648, toAssociate: 'ann' };

describe('readEvents', () => {
  it('takes the events of a file as they stand, fields it does not know included', async () => {
    const events = [sound, { chatSessionId: 649, toAssociate: 8, ticket: 'A-17' }];

    expect(await inFile(JSON.stringify(events))).toEqual(events);
  });

  it('leaves a flag that was not given out of the event', async () => {
    expect(await one({ ...sound, reason: undefined })).toEqual([sound]);
  });

  it('makes every event a dry run where one is asked for, whatever it says itself', async () => {
    const events = await inFile(JSON.stringify([sound, { ...sound, dryRun: false }]), true);

    expect(events).toEqual([sound, sound].map((event) => ({ ...event, dryRun: true })));
  });

  it('names every fault of every event, and which event it is', async () => {
    const lines = [
      '{"chatSessionId":"648","toAssociate":""}',
      JSON.stringify(sound),
      'no json',
      '{"chatSessionId":648,"toAssociate":"ann","expirseAt":"2026-11-22T08:00:00Z","requestID":"r"}',
    ];

    await expect(inFile(lines.join('\n'))).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(
        /^Nothing was sent\.\nevent 1: chatSessionId: .*; toAssociate: .*\nevent 3: body: expected JSON.*\nevent 4: expirseAt: expected expiresAt, perhaps; requestID: expected requestId, perhaps\.$/,
      ),
    });
  });

  it('numbers no event where there is but one', async () => {
    await expect(one({ ...sound, chatSessionId: '64b' })).rejects.toThrow(
      'Nothing was sent.\nchatSessionId: expected an integer from 1 to 2147483647, got "64b".',
    );
  });

  it('refuses what SQS would not take', async () => {
    const large = JSON.stringify({ ...sound, notes: 'x'.repeat(1_048_576) });

    await expect(inFile(`[${large}]`)).rejects.toThrow(
      /^Nothing was sent\.\nevent 1: body: expected at most 1048576 bytes, got \d+\.$/,
    );
  });

  it.each(['5', 'null', '["a"]', '"text"'])('refuses what is no object: %s', async (body) => {
    await expect(inFile(`[${body}]`)).rejects.toThrow('event 1: body: expected an object, got ');
  });

  it('says where a file holds none', async () => {
    await expect(inFile(' \n')).rejects.toThrow(`--events: ${path} holds no events.`);
  });
});
