import { describe, expect, it } from '@jest/globals';
import { type Command, parseCommand } from '../../../../local/prompt/commands.ts';

const parse = (line: string) => parseCommand(line, () => 'prompt-1');
const sent = (command: Command) => JSON.parse(command.kind === 'send' ? command.body : 'null');

describe('parseCommand', () => {
  it.each([
    ['send 648 ben', { chatSessionId: 648, toAssociate: 'ben' }],
    ['  SEND  648   8 ', { chatSessionId: 648, toAssociate: 8 }],
    [
      'send 648 Ann Fake 10s',
      { chatSessionId: 648, toAssociate: 'Ann Fake', expiresInSeconds: 10 },
    ],
    ['send 641 ben 5m', { chatSessionId: 641, toAssociate: 'ben', expiresInSeconds: 300 }],
    ['send 641 8 1H', { chatSessionId: 641, toAssociate: 8, expiresInSeconds: 3_600 }],
  ])('makes an event of "%s", with a requestId of its own', (line, event) => {
    expect(sent(parse(line))).toEqual({ ...event, requestId: 'prompt-1', source: 'prompt' });
  });

  it.each([
    ['offer 648 ann,ben 30s', { toAssociate: 'ann', fallbackAssociates: ['ben'] }, 30],
    ['OFFER 648 8', { toAssociate: 8 }, 60],
    [
      'offer 648 Ann Fake, 9 ,cho 2m',
      { toAssociate: 'Ann Fake', fallbackAssociates: [9, 'cho'] },
      120,
    ],
  ])('makes an offer of "%s"', (line, whom, acceptWithinSeconds) => {
    const event = { chatSessionId: 648, ...whom, acceptWithinSeconds, source: 'prompt' };

    expect(sent(parse(line))).toEqual({ ...event, requestId: 'prompt-1' });
  });

  it.each([
    ['webhook 648 ben', { toAssociate: 'ben', source: 'prompt' }],
    ['webhook 648 8 10s', { toAssociate: 8, expiresInSeconds: 10, source: 'prompt' }],
  ])('has a webhook raised for "%s"', (line, data) => {
    expect(parse(line)).toEqual({ kind: 'webhook', chatSessionId: 648, data });
  });

  it('puts a wish onto the bus, or an entry as put-events takes it', () => {
    const detail = { chatSessionId: 648, toAssociate: 'ben', requestId: 'prompt-1' };
    expect(parse('rule 648 ben')).toEqual({
      kind: 'rule',
      entry: {
        Source: 'prompt',
        DetailType: 'RouteChatRequested',
        Detail: JSON.stringify({ ...detail, source: 'prompt' }),
      },
    });
    expect(parse('rule {"Source":"crm","DetailType":"Waits","Detail":{"topic":3}}')).toEqual({
      kind: 'rule',
      entry: { Source: 'crm', DetailType: 'Waits', Detail: '{"topic":3}' },
    });
    expect(parse(String.raw`rule {"Detail":"{\"topic\":3}"}`)).toMatchObject({
      entry: { Detail: '{"topic":3}' },
    });
  });

  it('sends what looks like JSON as it stands', () => {
    expect(parse('send {"chatSessionId": 5')).toEqual({
      kind: 'send',
      body: '{"chatSessionId": 5',
    });
  });

  it.each([
    ['accept 648', { kind: 'accept', chatSessionId: 648 }],
    ['reject 648', { kind: 'reject', chatSessionId: 648 }],
    ['cancel-transfer 648', { kind: 'cancel-transfer', chatSessionId: 648 }],
    ['pass 648 Ann Fake', { kind: 'pass', chatSessionId: 648, target: 'Ann Fake' }],
    ['close 650', { kind: 'close', chatSessionId: 650 }],
    ['fail 503 20%', { kind: 'fail', how: 503, percent: 20 }],
    ['fail hang 5', { kind: 'fail', how: 'hang', percent: 5 }],
    ['fail lost', { kind: 'fail', how: 'lost', percent: 100 }],
    ['fail off', { kind: 'fail-off' }],
    ['rebalance', { kind: 'rebalance' }],
    ['expire-ticket', { kind: 'expire-ticket' }],
    ['renew-ticket', { kind: 'renew-ticket' }],
    ['chats', { kind: 'chats' }],
    ['people', { kind: 'people' }],
    ['help', { kind: 'help' }],
    ['exit', { kind: 'quit' }],
    ['  ', { kind: 'nothing' }],
  ])('reads "%s"', (line, command) => {
    expect(parse(line)).toEqual(command);
  });

  it.each([
    ['send', 'send: expected a chat and an associate'],
    ['send 648', 'send: expected a chat and an associate'],
    ['send ben 648', 'send: expected a chat and an associate'],
    ['send 648 ben 5min', 'send: expected a time such as 90s, 5m or 1h; found 5min'],
    ['offer', 'offer: expected a chat and associates'],
    ['offer 648', 'offer: expected a chat and associates'],
    ['offer 648 ,ben', 'offer: expected a chat and associates'],
    ['offer 648 ann,, ben 30s', 'offer: expected a chat and associates'],
    ['offer 648 ann 30x', 'offer: expected a time such as 90s, 5m or 1h; found 30x'],
    ['pass 648', 'pass: expected a chat and an associate'],
    ['webhook {}', 'webhook: expected a chat and an associate, e.g. webhook 648 ben'],
    ['webhook 648 ben 5min', 'webhook: expected a time such as 90s, 5m or 1h; found 5min'],
    ['rule', 'rule: expected a chat and an associate'],
    ['rule {', 'rule: expected JSON such as {"Source"'],
    ['rule 648 ben 10x', 'rule: expected a time such as 90s, 5m or 1h; found 10x'],
    ['send 648 ben 10', 'send: expected a time such as 90s, 5m or 1h; found 10'],
    ['send 648 ben -5s', 'send: expected a time such as 90s, 5m or 1h; found -5s'],
    ['send 648 ben 10s extra', 'send: expected a time such as 90s, 5m or 1h; found 10s extra'],
    ['accept', 'accept: expected a chat'],
    ['close x', 'close: expected a chat'],
    ['fail', 'fail: expected a status from 400 to 599'],
    ['fail 200 5%', 'fail: expected a status from 400 to 599'],
    ['fail 503 120%', 'fail: expected a status from 400 to 599'],
    ['fail off 5%', 'fail: expected a status from 400 to 599'],
    ['dance', 'No such command: dance. Try help.'],
    ['acept 648', 'No such command: acept. Did you mean accept?'],
    ['sned 648 ben', 'No such command: sned. Did you mean send?'],
    ['hep', 'No such command: hep. Did you mean help?'],
    ['chat', 'No such command: chat. Did you mean chats?'],
    ['no', 'No such command: no. Try help.'],
  ])('says what was expected for "%s"', (line, says) => {
    expect(parse(line)).toEqual({ kind: 'mistake', says: expect.stringContaining(says) });
  });
});
