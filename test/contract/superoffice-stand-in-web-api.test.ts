import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { appToken, passwordOf } from '../../stand-ins/superoffice/authorize.ts';
import { type SuperOfficeStandIn, startSuperOffice } from '../../stand-ins/superoffice/server.ts';

const running: SuperOfficeStandIn[] = [];

const start = async (options: Parameters<typeof startSuperOffice>[0] = {}) => {
  const standIn = await startSuperOffice(options);
  running.push(standIn);
  return standIn;
};

afterEach(async () => {
  await Promise.all(running.splice(0).map((standIn) => standIn.close()));
});

const router = (standIn: SuperOfficeStandIn) => ({
  authorization: `SOTicket ${standIn.tenant.issueTicket('router')}`,
  'so-apptoken': appToken,
});

const call = async (
  standIn: SuperOfficeStandIn,
  path: string,
  headers: Record<string, string> = router(standIn),
  method = /TransferTo|Transfer$|Pickup/.test(path) ? 'POST' : 'GET',
) => {
  const response = await fetch(`${standIn.webApiUrl}${path}`, { method, headers });
  const body = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return { status: response.status, response, text: body, json: isJson ? JSON.parse(body) : null };
};

describe('startSuperOffice', () => {
  it('rows 1 to 3: transfers with or without the customer id in the path', async () => {
    const standIn = await start();
    const { origin } = new URL(standIn.webApiUrl);

    const { status, response, json } = await call(standIn, '/v1/ChatSession/648/TransferTo/ann');
    const bare = await fetch(`${origin}/api/v1/chatsession/649/transferto/8`, {
      method: 'POST',
      headers: router(standIn),
      body: '{"ignored":true}',
    });

    expect(status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(Object.keys(json)).toHaveLength(33);
    expect(json).toMatchObject({ TransferTo: { AssociateId: 8 }, Person: null, Sale: null });
    expect(await bare.json()).toMatchObject({ TransferTo: { Name: 'ann' } });
    expect(standIn.calls).toMatchObject([
      { route: 'transfer', method: 'POST', chatSessionId: 648, status: 200 },
      { route: 'transfer', method: 'POST', chatSessionId: 649, status: 200 },
    ]);
  });

  it('rows 4 to 7: accepts, rejects and no-ops are 200 with the entity', async () => {
    const standIn = await start();
    const ann = {
      ...router(standIn),
      authorization: `sOtIcKeT ${standIn.tenant.issueTicket('ann')}`,
    };

    const noop = await call(standIn, '/v1/ChatSession/650/TransferTo/ann');
    await call(standIn, '/v1/ChatSession/648/TransferTo/ann%2efake%40stand-in.example');
    const accepted = await call(standIn, '/v1/ChatSession/648/AcceptTransfer', ann);
    const rejected = await call(standIn, '/v1/ChatSession/654/RejectTransfer', ann);

    expect(noop).toMatchObject({ status: 200, json: { User: { Name: 'ben' }, TransferTo: null } });
    expect(accepted.json).toMatchObject({ User: { Name: 'ann' }, TransferTo: null });
    expect(rejected).toMatchObject({ status: 200, json: { TransferTo: { Name: 'cho' } } });
  });

  it('row 9: a pickup of what is not in the queue is 200 null', async () => {
    const standIn = await start();

    expect((await call(standIn, '/v1/ChatSession/651/Pickup')).json.User.Name).toBe('router');
    expect(await call(standIn, '/v1/ChatSession/651/Pickup')).toMatchObject({
      status: 200,
      text: 'null',
    });
  });

  it('row 10: a GET has links; an unknown session is a 404 in SuperOffice’s shape', async () => {
    const standIn = await start();

    const found = await call(standIn, '/v1/ChatSession/648');
    const unknown = await call(standIn, '/v1/ChatSession/999999');

    expect(found.json._Links.Self).toBe(`${standIn.webApiUrl}/v1/ChatSession/648`);
    expect(unknown.status).toBe(404);
    expect(unknown.response.statusText).toBe('ChatSession Not Found');
    expect(Object.keys(unknown.json)).toEqual([
      'Error',
      'ErrorType',
      'ErrorMessage',
      'ErrorSource',
    ]);
  });

  it('rows 11 to 13: what is not documented is switchable', async () => {
    const standIn = await start();
    const { answers } = standIn.tenant;
    const status = async (path: string) => (await call(standIn, path)).status;

    expect(await status('/v1/ChatSession/999999/TransferTo/ann')).toBe(404);
    answers.unknownSession = 'null';
    expect((await call(standIn, '/v1/ChatSession/999999/TransferTo/ann')).text).toBe('null');

    expect(await status('/v1/ChatSession/648/TransferTo/nobody')).toBe(200);
    answers.unknownTarget = 'bad-request';
    expect(await status('/v1/ChatSession/648/TransferTo/nobody')).toBe(400);
    answers.unknownTarget = 'not-found';
    expect(await status('/v1/ChatSession/648/TransferTo/nobody')).toBe(404);
    answers.unknownTarget = 'server-error';
    expect(await status('/v1/ChatSession/648/TransferTo/nobody')).toBe(500);

    const malformed = await call(standIn, '/v1/ChatSession/2147483648/TransferTo/ann');
    expect(malformed).toMatchObject({ status: 400, json: { Message: expect.any(String) } });
    answers.malformedId = 'not-found';
    expect(await status('/v1/ChatSession/abc/TransferTo/ann')).toBe(404);
  });

  it('row 14: no, an unknown or an expired ticket is 401 without a body', async () => {
    const standIn = await start();
    const ticket = router(standIn);
    standIn.tenant.expireTickets();

    for (const authorization of [ticket.authorization, 'SOTicket nonsense', 'SOTicket', '']) {
      const refused = await call(standIn, '/v1/ChatSession/648', { ...ticket, authorization });
      expect(refused).toMatchObject({ status: 401, text: '' });
    }
  });

  it('row 15: Online wants an app token with a ticket and refuses Basic', async () => {
    const standIn = await start({ mode: 'online' });
    const { authorization } = router(standIn);
    const bearer = `Bearer ${standIn.tenant.issueBearer('router')}`;
    const basic = `Basic ${btoa(`router:${passwordOf('router')}`)}`;
    const status = async (headers: Record<string, string>) =>
      (await call(standIn, '/v1/User/currentPrincipal', headers)).status;

    expect(await status({ authorization })).toBe(401);
    expect(await status({ authorization, 'SO-AppToken': 'wrong' })).toBe(401);
    expect(await status({ authorization, 'SO-AppToken': appToken })).toBe(200);
    expect(await status({ authorization: bearer })).toBe(200);
    expect(await status({ authorization: basic })).toBe(401);
  });

  it('row 15: on-site takes Basic and ignores the app token', async () => {
    const standIn = await start({ mode: 'onsite' });
    const { authorization } = router(standIn);
    const basic = `Basic ${btoa(`router:${passwordOf('router')}`)}`;
    const status = async (headers: Record<string, string>) =>
      (await call(standIn, '/v1/User/currentAssociate', headers)).status;

    expect(await status({ authorization })).toBe(200);
    expect(await status({ authorization, 'so-apptoken': 'wrong' })).toBe(200);
    expect(await status({ authorization: basic })).toBe(200);
    expect(await status({ authorization: `Basic ${btoa('router:wrong')}` })).toBe(401);
  });

  it('says who the ticket is', async () => {
    const standIn = await start();

    const principal = await call(standIn, '/v1/User/currentPrincipal');
    const associate = await call(standIn, '/v1/User/currentAssociate');

    expect(principal.json).toMatchObject({ Associate: 'router', AssociateId: 7, EjUserId: 107 });
    expect(principal.json).toMatchObject({ UserName: 'router@stand-in.example' });
    expect(associate.json).toMatchObject({ Name: 'router', AssociateId: 7, EjUserId: 107 });
  });

  it('row 17: the state service says where the tenant is and for how long', async () => {
    const standIn = await start({ now: () => Date.UTC(2026, 0, 15) });
    standIn.state.validForSeconds = 60;

    const state = await (await fetch(standIn.stateUrl)).json();
    const unknown = await (await fetch(standIn.stateUrl.replace('12345', '99999'))).json();

    expect(state).toEqual({
      ContextIdentifier: 'Cust12345',
      Endpoint: standIn.webApiUrl.replace(/\/api$/, ''),
      State: 'Running',
      IsRunning: true,
      ValidUntil: '2026-01-15T00:01:00.0000000Z',
      Api: standIn.webApiUrl,
      Version: expect.any(String),
    });
    expect(unknown).toMatchObject({ State: 'Unknown', IsRunning: false });
  });

  it('row 17: after a move the old address answers 421 and the state service names the new', async () => {
    const standIn = await start();

    await standIn.move();
    const old = await call(standIn, '/v1/ChatSession/648/TransferTo/ann');
    const { Api } = (await (await fetch(standIn.stateUrl)).json()) as { Api: string };
    const moved = await fetch(`${Api}/v1/ChatSession/648`, { headers: router(standIn) });

    expect(old).toMatchObject({ status: 421, text: 'Wrong subdomain used to access tenant' });
    expect(moved.status).toBe(200);
    expect(standIn.tenant.history).toEqual([]);
  });

  it('answers nothing while the tenant is not running', async () => {
    const standIn = await start();
    Object.assign(standIn.state, { State: 'OfflineMaintenance', IsRunning: false });

    expect((await call(standIn, '/v1/ChatSession/648')).status).toBe(503);
  });

  it('row 19: dates carry an offset only where asked for', async () => {
    const standIn = await start({ now: () => Date.UTC(2026, 0, 15, 12) });
    const dates = async (zone: string) => {
      const headers = { ...router(standIn), 'SO-TimeZone': zone };
      const { json } = await call(standIn, '/v1/ChatSession/648', headers);
      return [json.WhenStarted, json.WhenEnded];
    };

    expect(await dates('')).toEqual(['2026-01-15T13:00:00', '0001-01-01T00:00:00']);
    expect(await dates('UTC')).toEqual(['2026-01-15T12:00:00', '0001-01-01T00:00:00']);
    expect(await dates('UTC, includeTZOffset')).toEqual([
      '2026-01-15T12:00:00Z',
      '0001-01-01T00:00:00Z',
    ]);
    expect((await dates('includeTZOffset'))[0]).toBe('2026-01-15T13:00:00+01:00');
  });

  it('row 21: ignores unknown headers and answers XML only where XML alone is asked for', async () => {
    const standIn = await start();
    const type = async (accept: string) => {
      const headers = { ...router(standIn), accept, 'x-unknown': 'header' };
      const { response, text } = await call(standIn, '/v1/ChatSession/648', headers);
      return [response.headers.get('content-type'), text.slice(0, 1)];
    };

    expect(await type('application/json')).toEqual(['application/json; charset=utf-8', '{']);
    expect(await type('application/xml, */*')).toEqual(['application/json; charset=utf-8', '{']);
    expect(await type('application/xml')).toEqual(['application/xml; charset=utf-8', '<']);
  });

  it('refuses what the web server in front would refuse', async () => {
    const standIn = await start();
    const path = '/v1/ChatSession/648/TransferTo';

    expect((await call(standIn, `${path}/ann`, router(standIn), 'GET')).status).toBe(405);
    expect((await call(standIn, `${path}/a%3Cb`)).status).toBe(400);
    expect((await call(standIn, `${path}/a%2Fb`)).status).toBe(404);
    expect((await call(standIn, '/v1/Nothing')).status).toBe(404);
    expect(standIn.tenant.history).toEqual([]);
  });

  it('wants a Content-Length even where there is no body', async () => {
    const standIn = await start();
    const { hostname, port, pathname } = new URL(standIn.webApiUrl);
    const socket = connect(Number(port), hostname);

    socket.end(
      `POST ${pathname}/v1/ChatSession/648/Pickup HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n\r\n`,
    );

    expect(await text(socket)).toMatch(/^HTTP\/1.1 411 /);
  });

  it('tells anybody its version', async () => {
    const standIn = await start();

    expect((await call(standIn, '', {})).json).toMatchObject({ Version: 'v1' });
  });
});
