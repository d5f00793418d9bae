import { describe, expect, it } from '@jest/globals';
import { byHand, probe, tableOf } from '../../cli/probe/run.ts';
import type { Probe, Step } from '../../cli/probe/step.ts';
import { steps } from '../../cli/probe/steps.ts';
import { openTenant, type Person } from '../../cli/probe/tenant.ts';
import { leaksIn } from '../../promises/leaks.ts';
import { startLoginService } from '../../stand-ins/login-service/server.ts';
import { appToken } from '../../stand-ins/superoffice/authorize.ts';
import { createTenant } from '../../stand-ins/superoffice/chat-sessions.ts';
import { startSuperOffice } from '../../stand-ins/superoffice/server.ts';
import type { UndocumentedAnswers } from '../../stand-ins/superoffice/tenant.ts';
import { systemClock } from '../../superoffice/clock.ts';
import { requestTokens } from '../../superoffice/tokens.ts';

const everybody = { A: 'ann', B: 'ben', C: 'cho', M: 'router', S: 'system' };

/** Probes a stand-in that answers so; resolves to what it found by the beginning of its question. */
async function probed(
  answers: Partial<UndocumentedAnswers>,
  given: {
    people?: Partial<Record<Person, string>>;
    allow?: (step: Step) => boolean;
    ends?: string[];
  } = {},
) {
  const { people = everybody, allow = () => true, ends = [] } = given;
  const tenant = createTenant({ now: Date.now });
  Object.assign(tenant.answers, answers);
  const superOffice = await startSuperOffice({ tenant });
  const login = await startLoginService({ tenant });
  await superOffice.move();
  try {
    const secrets = Object.entries(people).map(([person, associate]) => [
      person,
      JSON.stringify({
        ticket: ends.includes(associate) ? 'over' : tenant.issueTicket(associate),
        appToken,
      }),
    ]);
    const chat = tenant.addSession({ owner: 8 });
    const { Api } = superOffice.state;
    const opened = openTenant(Api, Object.fromEntries(secrets), 0, superOffice.webApiUrl);
    const loginService = { loginUrl: login.loginUrl, clock: systemClock };
    const refreshToken = login.consent('ann');
    const on: Probe = {
      tenant: opened,
      chat,
      ids: {},
      targets: { digits: '15', 'e-mail': 'eli.fake@stand-in.example' },
      sessions: { closed: 653, 'bot-held': 652 },
      refresh: () =>
        requestTokens(loginService, { grant: 'refresh token', ...refreshToken }, 15_000),
    };
    const found = await probe(on, steps, {
      allow: async (step) => allow(step),
      onFound() {},
    });
    const cellOf = (start: string) =>
      found.find(({ question }) => question.startsWith(start))?.found ?? 'no such question';
    return {
      cellOf,
      table: tableOf(found, 'a stand-in', '2026-11-24'),
      session: tenant.peek(chat),
      created: on.created,
      history: tenant.history,
      calls: superOffice.calls,
    };
  } finally {
    await login.close();
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
        'May a topic manager move A’s chat?': '200, CustomerLast, user A, asked nobody',
        'May a topic manager move A’s chat to C':
          '200, CustomerLast, user A, asked B → 200, CustomerLast, user A, asked B',
      },
    ],
    [
      'the other',
      { unknownSession: 'null', unknownTarget: 'not-found', managersMoveOthers: true },
      {
        'Unknown session': '404, SoNotFoundException → 200, null',
        'A target that': '404, SoNotFoundException → ',
        'May a topic manager move A’s chat?': '200, CustomerLast, user A, asked B',
        'May a topic manager move A’s chat to C':
          '200, CustomerLast, user A, asked B → 200, CustomerLast, user A, asked C',
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
    expect(table.match(/^\| /gm)).toHaveLength(steps.length + byHand.length + 1);
    expect(leaksIn(table)).toEqual([]);
    expect(session).toMatchObject({ owner: 8, pending: null });
  });

  it('asks what A, C, M and S may, and puts the chat back after each', async () => {
    const { cellOf, session, created, calls, history } = await probed({ managersMoveOthers: true });

    const none = '200, CustomerLast, user A, asked nobody';
    const toB = '200, CustomerLast, user A, asked B';
    const cells = {
      'A call without app': '401, nothing',
      'A call without valid': '401, nothing',
      'A call without right': '421, plain',
      'A refresh token':
        'an access token of 3600 s, no refresh token along → an access token of 3600 s, no refresh token along',
      '`POST ChatTopic': `session ${created}: 200, InQueue, user nobody, asked nobody`,
      '`GET archive/SimpleChatSession?$select=chatSessionId,whenRequested':
        '200, 2 rows, the queued session is among them',
      '`GET MDOList/chatuser`': '200, 8 rows, A by associate id is not among them',
      '`GET MDOList/chatuser?associate': '200, 8 rows, A by associate id is among them',
      '`GET ChatTopic/ForCurrentUser': '404, html',
      'A session that is queued': `200, InQueue, user nobody, asked nobody → 200, InQueue, user nobody, asked nobody`,
      'A session that is closed': '200, Closed, user M, asked nobody → 200, Closed, user M',
      'A session that is bot-held': '200, UserLast, user nobody, asked nobody → 200, UserLast',
      'Target: a user name of digits': `200, CustomerLast, user A, asked associate 15 → ${toB}`,
      'Target: an e-mail': `200, CustomerLast, user A, asked associate 12 → ${toB}`,
      'Target: somebody who is absent': 'not asked: no --target absent=ASSOCIATE',
      'Is a pending transfer withdrawn by `TransferTo`': `${toB} → ${toB} → ${toB}`,
      'Is a pending transfer withdrawn by `PATCH`': `${toB} → 405, JSON → ${toB}`,
      'May another agent move A’s chat?': none,
      'May another agent move A’s chat to C': `${toB} → ${toB}`,
      'May a system user move A’s chat?': none,
      'May S `Pickup`': '200, UserLast, user S, asked nobody → 200, InQueue, user nobody',
      'May another agent `Reset`': '200, UserLast, user A, asked nobody → 200, InQueue',
      '`Reset` on an active chat': '200, InQueue, user nobody, asked nobody → 200, UserLast',
    };
    for (const [question, found] of Object.entries(cells)) {
      expect([question, cellOf(question).slice(0, found.length)]).toEqual([question, found]);
    }
    const deleted = calls.filter(({ method }) => method === 'DELETE');
    expect(deleted.map(({ chatSessionId }) => chatSessionId)).toEqual([created]);
    // Nobody's but the chat itself and what was created is touched.
    const changed = history.filter(({ applied }) => applied).map(({ sessionId }) => sessionId);
    expect(new Set(changed)).toEqual(new Set([session?.chatSessionId, created]));
    expect(session).toMatchObject({ owner: 8, pending: null });
  });

  it('asks before what somebody could see, and does nothing where that is refused', async () => {
    const asked: string[] = [];
    const { cellOf, session, created, calls } = await probed(
      {},
      {
        allow({ question }) {
          asked.push(question);
          return false;
        },
      },
    );

    expect(cellOf('A second')).toBe('not asked: not allowed');
    for (const { question, visible } of steps) {
      if (visible === undefined) expect(asked).not.toContain(question);
      else expect(cellOf(question)).toMatch(/^not asked: (not allowed|no --)/);
    }
    // What it did all the same: looked, and asked something of a session that does not exist.
    const unread = calls.filter(({ method, path }) => method !== 'GET' && !/\/Agents\//.test(path));
    expect(unread.map(({ chatSessionId }) => chatSessionId)).toEqual([2_147_483_000]);
    expect(created).toBeUndefined();
    expect(session).toMatchObject({ owner: 8, pending: null, specialMessages: [] });
  });

  it('says what it could not ask', async () => {
    const { cellOf } = await probed({}, { people: { A: 'ann' } });

    expect(cellOf('A second')).toBe('not asked: no credential of B');
    expect(cellOf('Does a transfer')).toBe('not asked: no credential of B, C');
  });

  it('does without people whom SuperOffice does not know', async () => {
    const { cellOf, session } = await probed({}, { ends: ['ben'] });

    expect(cellOf('A second')).toBe('not asked: unknown who B is');
    expect(session).toMatchObject({ owner: 8, pending: null, specialMessages: [] });
  });
});
