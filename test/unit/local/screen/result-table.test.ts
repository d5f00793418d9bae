import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import stringWidth from 'string-width';
import { createResultTable } from '../../../../local/screen/result-table.ts';
import { receivedResult } from '../../../support/received-result.ts';

const tableOf = (columns: number) =>
  createResultTable(Object.assign(new PassThrough(), { columns }) as unknown as NodeJS.WriteStream);
const lengths = (text: string) => text.split('\n').map(({ length }) => length);
const long = receivedResult('not-applied', {
  chatSessionId: 2_147_483_647,
  toAssociate: 'a'.repeat(255),
  cause: 'other-transfer-pending',
  sessionStatus: 'ClosedFromQueue',
});

// The test runner sets it for its workers.
delete process.env.FORCE_COLOR;

describe('createResultTable', () => {
  it('puts a result and what it means into one row', () => {
    const row = tableOf(140).row(receivedResult('transfer-pending'), ['POST 200']);

    expect(row.trim().split(/\s{2,}|(?<=648) /)).toEqual([
      '648',
      '8',
      'transfer-pending',
      'CustomerLast',
      'router',
      'ann',
      'POST 200',
      '1',
      '360 ann is asked, and has yet to accept',
    ]);
  });

  it.each([250, 200, 140, 128, 100, 92, 80, 60, 50])(
    'keeps to its width on a terminal of %i columns',
    (columns) => {
      const table = tableOf(columns);

      const lines = [table.head(), table.row(long, ['POST 503', 'GET 200', 'POST 200'])];

      expect(Math.max(...lines.flatMap(lengths))).toBeLessThanOrEqual(columns);
    },
  );

  it('keeps on 80 columns who has the chat, drops what can be done without, and breaks no word', () => {
    const table = tableOf(80);
    const result = receivedResult('not-applied', {
      cause: 'owned-by-another',
      ignoredFields: ['expireAt', 'priority', 'toAssociateName'],
    });

    const lines = [table.head(), table.row(result, ['POST 200'])].join('\n').split('\n');

    expect(lines.map((line) => line.trim().split(/\s{2,}/))).toEqual([
      ['chat target', 'outcome', 'cause', 'status', 'user', 'pending'],
      ['650 8', 'not-applied', 'owned-by-another UserLast', 'ben'],
      ["ben's chat, router's credential: SuperOffice ignored it; ignored:"],
      ['expireAt, priority, toAssociateName'],
    ]);
  });

  it('gives what it means all the width there is', () => {
    const error = { code: 'invalid-field', message: 'word '.repeat(18).trim(), httpStatus: null };
    const result = receivedResult('invalid-event', { error });

    const rows = [140, 200].map((columns) => tableOf(columns).row(result, ['no call']));

    expect(rows.map((row) => row.split('\n').length)).toEqual([3, 1]);
  });

  it('keeps its columns under names that are wide or hold what a terminal would obey', () => {
    const table = tableOf(140);
    const rows = ['ann', '山田', '山田太郎', '\u001B[2Jann\n'].map((toAssociate) =>
      table.row(receivedResult('transfer-pending', { toAssociate }), []),
    );

    const starts = rows.map((row) => stringWidth(row.slice(0, row.indexOf('transfer-pending'))));
    expect(starts).toEqual([15, 15, 15, 15]);
    expect(rows[2]).toContain('山田太…');
    expect(rows.join('')).not.toMatch(/\p{Cc}/u);
  });

  it('writes plain text where the stream takes no colours', () => {
    expect(tableOf(140).row(long, [])).not.toContain('\u001B');
  });
});
