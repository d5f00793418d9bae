import { readFileSync } from 'node:fs';
import { eventFields } from '../contract/event-fields.ts';
import { putOnBus, rebalance } from '../local/prompt/event-bridge.ts';
import { sendWebhook } from '../stand-ins/superoffice/webhook.ts';
import type { Scenario, Stage } from './run.ts';

const [ann, ben, dee] = [8, 9, 11] as const;

/** What each example is for, played on stand-ins. */
export const scenarios: Record<string, Scenario> = {
  async 'routing-rule'(stage) {
    const { say } = stage;
    const customerWaits = async (detail: object) => {
      const entry = { Source: 'crm', DetailType: 'CustomerWaits', Detail: JSON.stringify(detail) };
      say(`rule ${JSON.stringify({ ...entry, Detail: detail })}`);
      for (const line of await putOnBus(entry, stage)) say(line);
    };
    const vip = { segment: 'vip', topic: 3 };

    say('\nA VIP waits, whose account manager is ben:');
    await customerWaits({ ...vip, chatSessionId: 641, accountManager: ben });
    const asksManager = await stage.comesTrue(() => askedFor(stage, 641) === ben);
    say('\nAnother one, whose account manager SuperOffice does not know; so ann is asked:');
    await customerWaits({ ...vip, chatSessionId: 642, accountManager: 'zoe' });
    const asksSecond = await stage.comesTrue(() => askedFor(stage, 642) === ann);
    say('\nSomebody else waits, which is no case for this rule:');
    await customerWaits({ ...vip, segment: 'other', chatSessionId: 643, accountManager: ben });
    await stage.session.allIn();

    return missing({
      'ben was not asked for chat 641': asksManager,
      'ann was not asked for chat 642': asksSecond,
      'chat 643 was moved': askedFor(stage, 643) === null,
    });
  },

  async escalation(stage) {
    const { say, session, webhook } = stage;
    if (!webhook) return ['Wrong: there is no HTTP intake.'];
    const signal = { ...signalOf('ask-supervisor.crmscript'), primaryKey: 640 };

    say(
      '\nA customer asks for a supervisor. The script signals, and SuperOffice tells its webhook:',
    );
    say(JSON.stringify(signal));
    const { status, body } = await sendWebhook(webhook, signal);
    say(`The endpoint answered ${status}: ${body}`);
    const { eventMessageId } = JSON.parse(body || '{}');
    if (!eventMessageId) return ['Wrong: the endpoint made no event of it.'];
    session.noteSent({ messageId: eventMessageId, body: JSON.stringify(signal) });
    const isAsked = await stage.comesTrue(() => askedFor(stage, 640) === ann);
    await session.allIn();

    say('\nSomebody who does not know the secret tries as well:');
    const forged = await fetch(webhook.targetUrl, { method: 'POST', body: JSON.stringify(signal) });
    say(`The endpoint answered ${forged.status}.`);

    return missing({
      'the script signals what no event has': Object.keys(signal.data).every(isField),
      'the supervisor was not asked': isAsked,
      'a forged request was taken': forged.status === 401,
    });
  },

  async rebalancing(stage) {
    const { say, superOffice, session } = stage;
    const { tenant } = superOffice;
    tenant.presence.set(dee, { isPresent: false });
    // Whoever had been asked before has answered.
    for (const { chatSessionId, pending } of tenant.sessions()) {
      if (pending !== null) tenant.accept(chatSessionId);
    }
    const offered = tenant.addSession({ startedAt: Date.now() + 1_000, pending: ben });
    const served = () => tenant.sessions().filter(isServedByRouter(stage)).length;
    const before = served();

    say(
      `\nThe router has ${before} chats at a time and a limit of 8; ben has been asked to take ${offered}, the newest, and dee is away. A minute is over:`,
    );
    for (const line of await rebalance(stage)) say(line);
    await session.allIn();
    const asked = tenant.history.filter(({ action, applied }) => action === 'transfer' && applied);
    for (const { sessionId } of asked) tenant.accept(sessionId);
    const after = served();
    say(`\nThey accept, and ben thinks it over: the router has ${after}. Another minute is over:`);
    for (const line of await rebalance(stage)) say(line);
    await session.allIn();

    return missing({
      'the router is not down to the limit and the chat that ben may take': after === 9,
      'somebody who is away was asked': asked.every(({ target }) => target !== String(dee)),
      'a chat was moved that needed not be': asked.length === before - 9,
      'ben is asked no more': askedFor(stage, offered) === ben,
    });
  },
};

const isField = (name: string) => Object.hasOwn(eventFields, name);

/** What the script signals, as it stands there: SuperOffice alone runs it. */
function signalOf(file: string) {
  const script = readFileSync(new URL(`escalation/${file}`, import.meta.url), 'utf8');
  const constants = new Map(
    [...script.matchAll(/^String (\w+) = "(.*)";/gm)].map(([, name, value]) => [name, value]),
  );
  const data = [...script.matchAll(/data\.insert\("(\w+)", (?:"(.*)"|(\w+))\)/g)].map(
    ([, field, text, name]) => [field, text ?? constants.get(name)],
  );
  const [, event = ''] = /SignalEvent\("([\w.]+)", sessionId, data\)/.exec(script) ?? [];
  return { event, data: Object.fromEntries(data) };
}

const isServedByRouter =
  ({ superOffice }: Stage) =>
  ({ owner, status }: { owner: number | null; status: string }) =>
    owner === superOffice.tenant.findAssociate('router')?.associateId &&
    ['CustomerLast', 'UserLast'].includes(status);

const askedFor = ({ superOffice }: Stage, chatSessionId: number) =>
  superOffice.tenant.peek(chatSessionId)?.pending ?? null;

const missing = (came: Record<string, boolean>) =>
  Object.entries(came).flatMap(([otherwise, isTrue]) => (isTrue ? [] : [`Wrong: ${otherwise}.`]));
