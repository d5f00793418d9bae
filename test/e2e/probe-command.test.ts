import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { command } from '../../cli/probe/command.ts';
import { thenBack } from '../../cli/probe/in-turn.ts';
import { openTenant } from '../../cli/probe/tenant.ts';
import { appToken } from '../../stand-ins/superoffice/authorize.ts';
import { startSuperOffice } from '../../stand-ins/superoffice/server.ts';

describe('thenBack', () => {
  it('has the chat handed back by whoever got it', async () => {
    const superOffice = await startSuperOffice();
    const { tenant, webApiUrl } = superOffice;
    try {
      const secretOf = (who: string) =>
        JSON.stringify({ ticket: tenant.issueTicket(who), appToken });
      const opened = openTenant(webApiUrl, { A: secretOf('router'), B: secretOf('ben') }, 0);

      await thenBack({ tenant: opened, chat: 640, ids: { A: 7, B: 9 } }, [
        ['A', 'POST', 'ChatSession/640/TransferTo/9'],
        ['B', 'POST', 'ChatSession/640/AcceptTransfer'],
      ]);

      const done = tenant.history.filter(({ applied }) => applied);
      expect(done.map(({ action }) => action)).toEqual([
        'transfer',
        'accept',
        'transfer',
        'accept',
      ]);
      expect(tenant.peek(640)).toMatchObject({ owner: 7, pending: null });
    } finally {
      await superOffice.close();
    }
  });
});

describe('openTenant', () => {
  it.each([
    ['https://app-sod.superoffice.com/Cust12345/api', true],
    ['https://sod.superoffice.com/Cust12345/api', false],
    ['https://crm.example.com/SuperOffice/api', false],
    ['https://superoffice.com.example.com/Cust12345/api', false],
  ])('shows a credential to another host of SuperOffice’s alone: %s', (webApiUrl, isKnown) => {
    expect(openTenant(webApiUrl, {}).hasOtherHost).toBe(isKnown);
  });
});

describe('command', () => {
  it('takes sessions and targets by their kind, and writes the table', async () => {
    const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const superOffice = await startSuperOffice();
    const folder = mkdtempSync(join(tmpdir(), 'probe-'));
    const file = (name: string) => join(folder, name);
    const credential = (who: string) =>
      JSON.stringify({ ticket: superOffice.tenant.issueTicket(who), appToken });
    writeFileSync(file('env'), `A='${credential('router')}'\nB='${credential('ann')}'\n`);
    const args = ['--tenant', superOffice.webApiUrl, '--env-file', file('env'), '--yes'];
    const run = (...more: string[]) => command.run([...args, ...more]);
    try {
      await expect(run('--session', 'shut=653')).rejects.toThrow(
        '--session: expected KIND=… with a kind of queued, closed, bot-held; found "shut=653".',
      );
      await run(
        '--chat',
        '640',
        '--session=closed=653',
        '--target=digits=15',
        '--out',
        file('out'),
      );

      const table = readFileSync(file('out'), 'utf8');
      expect(table).toContain('| A session that is closed: `GET`, `TransferTo` | 200, Closed, ');
      expect(table).toMatch(/\| Target: a user name of digits.* asked associate 15 → /);
      expect(table).toContain('leave it for 30 minutes');
    } finally {
      told.mockRestore();
      rmSync(folder, { recursive: true });
      await superOffice.close();
    }
  });
});
