import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { nameInUrl } from '../../local/stack/template-values.ts';
import type { SecretsFault } from '../../stand-ins/secrets-manager.ts';
import type { SqsFault } from '../../stand-ins/sqs/faults.ts';
import { webhookPayload, webhookSignature } from '../../stand-ins/superoffice/webhook.ts';
import { type Deployed, deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const minuteMs = 60_000;
const secret = 'the s3cret of the webhook';
const json = 'application/json; charset=utf-8';
/** Stands in every body, and must not in the log. */
const words = 'a customer’s words';
let nextChat = 9600;

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

type Request = { signature?: string | undefined; type?: string; by?: string };

describe('http-intake', () => {
  const start = deployments();
  let stack: Deployed;
  let intake: { url: string; secretArn: string };

  beforeAll(async () => {
    stack = await start({ context: { httpIntake: 'true' } });
    intake = stack.deployment.httpIntake ?? { url: '', secretArn: '' };
    hold({ signingSecret: secret });
  });

  afterEach(() => {
    stack.deployment.sqs.setFault(undefined);
    stack.deployment.secretsManager.setFault(undefined);
    const said = stack.logs.filter((line) => !line.includes('"receiveCount"'));
    expect(said.filter((line) => /words|case-|toAssociate":|s3cret/.test(line))).toEqual([]);
  });

  const hold = (content: unknown) =>
    stack.deployment.secretsManager.put(
      intake.secretArn,
      typeof content === 'string' ? content : JSON.stringify(content),
    );

  /** Signed by the secret unless told otherwise; the status, and what was said. */
  async function post(given: unknown, request: Request = {}) {
    const body = typeof given === 'string' ? given : JSON.stringify(given);
    const { signature = webhookSignature(body, request.by ?? secret), type = json } = request;
    const response = await fetch(intake.url, {
      method: 'POST',
      headers: {
        'content-type': type,
        ...(signature && { 'X-SuperOffice-Signature': signature }),
      },
      body,
    });
    const text = await response.text();
    return { status: response.status, said: text && JSON.parse(text) };
  }

  const chat = () => stack.superOffice.tenant.addSession({ chatSessionId: ++nextChat });
  const wish = (given: object = {}) => ({
    chatSessionId: chat(),
    toAssociate: 'ann',
    requestId: `case-${randomUUID()}`,
    expiresAt: inSeconds(60),
    reason: words,
    ...given,
  });
  const envelope = (data: object = {}, agoMs = 0) =>
    webhookPayload(
      {
        event: 'routechat.requested',
        primaryKey: chat(),
        data: { toAssociate: '8', reason: words, ...data },
      },
      { at: Date.now() - agoMs },
    );
  const resultsOf = async (requestId: string) => {
    await until('the end of it', () => stack.eventQueue.messages().length === 0);
    return stack.results.filter((result) => result.requestId === requestId);
  };
  const failSends = (fault: SqsFault) => {
    const { eventQueueUrl, sqs } = stack.deployment;
    sqs.setFault(({ action, queueName }) =>
      action === 'SendMessageBatch' && queueName === nameInUrl(eventQueueUrl) ? fault : undefined,
    );
  };

  it('has a signed event carried out, and tells its ids', async () => {
    const event = wish();

    const { status, said } = await post(event);

    expect([status, said]).toEqual([
      202,
      { requestId: event.requestId, eventMessageId: expect.any(String) },
    ]);
    expect(await stack.result(said.eventMessageId)).toMatchObject({
      outcome: 'transfer-pending',
      requestId: event.requestId,
    });
  });

  it.each([
    ['as it comes', json],
    ['as bytes of no known type, which come in base64', 'application/octet-stream'],
  ])('has SuperOffice’s custom event carried out %s', async (_, type) => {
    const event = envelope();

    const { status, said } = await post(event, { type });

    expect(status).toBe(200);
    expect(await stack.result(said.eventMessageId)).toMatchObject({
      outcome: 'transfer-pending',
      requestId: event.EventId,
      chatSessionId: event.PrimaryKey,
      toAssociate: '8',
    });
  });

  it.each([
    ['no target', { toAssociate: undefined }],
    ['an empty target', { toAssociate: '' }],
    ['a source that is none', { source: 7 }],
    ['an id with blanks', { requestId: 'a b' }],
    ['both deadlines', { expiresAt: inSeconds(9), expiresInSeconds: 9 }],
  ])('answers SuperOffice 200 with %s, and its reader invalid-event', async (_, data) => {
    const { status, said } = await post(envelope(data));

    expect(status).toBe(200);
    expect((await stack.result(said.eventMessageId)).outcome).toBe('invalid-event');
  });

  it('leaves SuperOffice’s test and what is none of ours', async () => {
    const answers = await Promise.all(
      ['test', 'chatsession.changed'].map((event) => post(webhookPayload({ event }))),
    );

    expect(answers).toEqual([1, 2].map(() => ({ status: 200, said: {} })));
    expect(stack.eventQueue.messages()).toEqual([]);
    await until('the count', () => stack.logs.some((line) => line.includes('"HttpIntake.Left":1')));
  });

  it.each<[string, string | object, string[]]>([
    ['nothing but braces', '{}', ['chatSessionId', 'toAssociate', 'requestId', 'expiresAt']],
    ['a chat as text', { chatSessionId: '648' }, ['chatSessionId']],
    ['a target that leaves its path', { toAssociate: '../x' }, ['toAssociate']],
    ['no id', { requestId: undefined }, ['requestId']],
    ['no deadline', { expiresAt: undefined }, ['expiresAt']],
    ['a deadline too far ahead', { expiresAt: inSeconds(400) }, ['expiresAt']],
    ['both deadlines', { expiresInSeconds: 9 }, ['expiresInSeconds']],
    ['fallbacks without an offer', { fallbackAssociates: [9] }, ['fallbackAssociates']],
    ['an array of events', '[{}]', ['body']],
    ['broken JSON', '{"chatSessionId":648,', ['body']],
    ['nothing', '', ['body']],
  ])('tells at once what is wrong with %s', async (_, given, fields) => {
    const { status, said } = await post(typeof given === 'string' ? given : wish(given));

    const named = said.faults.map(({ field }: { field: string }) => field);
    expect([status, [...new Set(named)]]).toEqual([400, fields]);
  });

  it.each<[string, Request]>([
    ['no', { signature: '' }],
    ['a broken', { signature: 'x' }],
    ['a wrong', { signature: webhookSignature('another body', secret) }],
    ['a foreign', { by: 'the s3cret of somebody else' }],
    ['a placeholder’s', { by: 'REPLACE-ME' }],
    ['an empty secret’s', { by: '' }],
  ])('refuses %s signature without a word', async (_, request) => {
    expect(await post('{"broken', request)).toEqual({ status: 401, said: '' });
    expect(await post(envelope(), request)).toEqual({ status: 401, said: '' });
    expect(stack.eventQueue.messages()).toEqual([]);
  });

  it('refuses more than 64 KB, and any other type', async () => {
    const large = wish({ note: 'x'.repeat(1_048_576) });

    expect((await post(large)).status).toBe(413);
    expect((await post(large, { signature: '' })).status).toBe(413);
    expect((await post(wish(), { type: 'text/plain' })).status).toBe(415);
    expect((await post(wish({ note: 'x'.repeat(60_000) }))).status).toBe(202);
  });

  it('takes two at once for one where they are the same, and for two where they are not', async () => {
    const [one, other] = [wish(), wish()];

    const answers = await Promise.all([one, one, other].map((event) => post(event)));

    const ids = answers.map(({ said }) => said.eventMessageId);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(new Set(ids).size).toBe(2);
    await Promise.all(ids.map(stack.result));
    expect(await resultsOf(one.requestId)).toHaveLength(1);
  });

  it('takes a replay within five minutes for the same event', async () => {
    const [own, theirs] = [wish({ expiresAt: inSeconds(200) }), envelope({}, minuteMs)];

    for (const event of [own, theirs]) {
      const [first, again] = [await post(event), await post(event)];
      expect(again).toEqual(first);
      await stack.result(first.said.eventMessageId);
      expect(await resultsOf(first.said.requestId)).toHaveLength(1);
    }
  });

  it.each([6, 11])('moves nothing for a replay %i minutes on', async (minutes) => {
    const own = wish({ expiresAt: inSeconds(290 - minutes * 60) });
    const theirs = envelope({}, minutes * minuteMs);

    const [{ status }, { said }] = [await post(own), await post(theirs)];

    expect(status).toBe(400);
    expect(await stack.result(said.eventMessageId)).toMatchObject({
      outcome: 'expired',
      error: null,
    });
    expect(stack.transfersOf(theirs.PrimaryKey)).toEqual([]);
  });

  it.each<[string, SqsFault]>([
    ['fails', { kind: 'error', status: 500, code: 'InternalFailure' }],
    ['denies it', { kind: 'error', status: 403, code: 'AccessDenied' }],
    ['takes it without a word', { kind: 'lose-answer' }],
  ])('tells whoever sends to come again while SQS %s, and then has one event', async (_, fault) => {
    const event = envelope();
    failSends(fault);
    expect(await post(event)).toEqual({ status: 503, said: '' });

    stack.deployment.sqs.setFault(undefined);
    const { status, said } = await post(event);

    expect(status).toBe(200);
    await stack.result(said.eventMessageId);
    expect(await resultsOf(event.EventId)).toHaveLength(1);
  });

  describe('with another secret', () => {
    /** What a sandbox knows of the secret it forgets after five minutes. */
    let clockMs = 0;
    const pass = (ms: number) => {
      clockMs += ms;
      stack.setClock(clockMs);
    };
    const test = (by = secret) => post(webhookPayload({ event: 'test' }), { by });

    it('knows one that was just changed at once, and the one before it', async () => {
      const changed = 'the changed s3cret of the webhook';
      pass(11_000);
      hold({ signingSecret: changed, previousSigningSecret: secret });

      expect((await test(changed)).status).toBe(200);
      expect((await test()).status).toBe(200);
      hold({ signingSecret: secret });
      pass(5 * minuteMs);
      expect((await test(changed)).status).toBe(401);
    });

    const missing: SecretsFault = { kind: 'error', type: 'ResourceNotFoundException' };
    it.each([
      ['missing', undefined, missing],
      ['the placeholder', { signingSecret: 'REPLACE-ME' }, undefined],
      ['malformed', '{"signingSecret":', undefined],
      ['too short', { signingSecret: 'short' }, undefined],
    ])('is not there for anybody while it is %s', async (_, content, fault) => {
      if (content !== undefined) hold(content);
      stack.deployment.secretsManager.setFault(() => fault);
      pass(5 * minuteMs);

      expect([(await test()).status, (await test('REPLACE-ME')).status]).toEqual([503, 503]);
      expect((await post(envelope(), { signature: '' })).status).toBe(401);

      stack.deployment.secretsManager.setFault(undefined);
      hold({ signingSecret: secret });
      pass(1_000);
      expect((await test()).status).toBe(200);
    });
  });
});
