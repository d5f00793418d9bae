import { describe, expect, it } from '@jest/globals';
import { probe, tableOf } from '../../cli/probe/run.ts';
import type { Step } from '../../cli/probe/step.ts';
import { steps } from '../../cli/probe/steps.ts';
import { openTenant, type Person } from '../../cli/probe/tenant.ts';
import { leaksIn } from '../../promises/leaks.ts';
import { appToken } from '../../stand-ins/superoffice/authorize.ts';
import { createTenant } from '../../stand-ins/superoffice/chat-sessions.ts';
import { startSuperOffice } from '../../stand-ins/superoffice/server.ts';
import type { UndocumentedAnswers } from '../../stand-ins/superoffice/tenant.ts';

const everybody = { A: 'router', B: 'ann', C: 'ben', M: 'cho', S: 'system' };

/** Probes a stand-in that answers so; resolves to what it found by the beginning of its question. */
async function probed(
  answers: Partial<UndocumentedAnswers>,
  given: { people?: Partial<Record<Person, string>>; allow?: (step: Step) => boolean } = {},
) {
  const { people = everybody, allow = () => true } = given;
  const tenant = createTenant({ now: Date.now });
  Object.assign(tenant.answers, answers);
  const superOffice = await startSuperOffice({ tenant });
  try {
    const secrets = Object.entries(people).map(([person, associate]) => [
      person,
      JSON.stringify({ ticket: tenant.issueTicket(associate), appToken }),
    ]);
    const chat = tenant.addSession({});
    const opened = openTenant(superOffice.webApiUrl, Object.fromEntries(secrets), 0);
    const found = await probe({ tenant: opened, chat, ids: {} }, steps, {
      allow: async (step) => allow(step),
      onFound() {},
    });
    const cellOf = (start: string) =>
      found.find(({ question }) => question.startsWith(start))?.found ?? 'no such question';
    return {
      cellOf,
      table: tableOf(found, 'a stand-in', '2026-11-24'),
      session: tenant.peek(chat),
    };
  } finally {
    await superOffice.close();
  }
}

describe('probe', () => {
  it.each<[string, Partial<UndocumentedAnswers>, Record<string, string>]>([
    [
      'one reading',
      { unknownSession: 'not-found', unknownTarget: 'nothing', managersMoveOthers: false },
      {
        'Unknown session': '404, SoNotFoundException → 404, SoNotFoundException',
        'A target that': '200, CustomerLast, user A, asked nobody → ',
        'May a system': '200, CustomerLast, user A, asked nobody',
      },
    ],
    [
      'the other',
      { unknownSession: 'null', unknownTarget: 'not-found', managersMoveOthers: true },
      {
        'Unknown session': '404, SoNotFoundException → 200, null',
        'A target that': '404, SoNotFoundException → ',
      },
    ],
  ])('finds what SuperOffice shows, in %s', async (_, answers, cells) => {
    const { cellOf, table, session } = await probed(answers);

    for (const [question, found] of Object.entries(cells)) {
      expect([question, cellOf(question).slice(0, found.length)]).toEqual([question, found]);
    }
    expect(cellOf('Who is each')).toMatch(/^A: 200, ejUser another; B: 200/);
    expect(cellOf('A second')).toBe(
      '200, CustomerLast, user A, asked B → 200, CustomerLast, user A, asked B',
    );
    expect(cellOf('B refuses')).toMatch(/asked B → .*asked nobody → .*asked nobody$/);
    expect(cellOf('No app token')).toBe('401, nothing → 401, nothing');
    expect(table.match(/^\| /gm)).toHaveLength(steps.length + 1);
    expect(leaksIn(table)).toEqual([]);
    expect(session).toMatchObject({ owner: 7, pending: null });
  });

  it('asks before what somebody could see, and does nothing where that is refused', async () => {
    const asked: string[] = [];
    const { cellOf, session } = await probed(
      {},
      {
        allow({ visible = '' }) {
          asked.push(visible);
          return false;
        },
      },
    );

    expect(asked).toHaveLength(steps.filter(({ visible }) => visible !== undefined).length);
    expect(cellOf('A second')).toBe('not asked: not allowed');
    expect(session).toMatchObject({ owner: 7, pending: null, specialMessages: [] });
  });

  it('says what it could not ask', async () => {
    const { cellOf } = await probed({}, { people: { A: 'router' } });

    expect(cellOf('A second')).toBe('not asked: no credential of B');
    expect(cellOf('Does a transfer')).toBe('not asked: no credential of B, C');
  });
});
