import { rmSync } from 'node:fs';
import type { ReceivedResult } from '../contract/parse-result.ts';
import { startResultReader } from '../local/session/result-reader.ts';
import { brokenPromises } from '../promises/promises.ts';
import { createRandom } from '../stand-ins/superoffice/faults.ts';
import { announcementOf } from './announcement.ts';
import { secretsFaults, sqsFaults } from './aws-faults.ts';
import { createCredentialLife, loginFaults } from './credential-life.ts';
import { startKills } from './kills.ts';
import { logBreaches } from './log-breaches.ts';
import { makeSoakEvents } from './make-events.ts';
import type { SoakOptions } from './options.ts';
import { playPeople } from './people.ts';
import { mostWaiting, playThrough } from './play-events.ts';
import { startSoakProgress } from './progress.ts';
import { logFileOf, startRecordedDeployment } from './recorded-deployment.ts';
import { createRecorder } from './recorder.ts';
import { runRecordOf } from './run-record.ts';
import { type Summary, summarizeSoak } from './summary.ts';
import { superOfficeFaults } from './superoffice-faults.ts';
import type { Tally } from './weighted-choice.ts';

export type SoakSurroundings = {
  signal: AbortSignal;
  /** Takes what is said while it runs. */
  stderr: NodeJS.WriteStream;
  /** What the reader makes of a result; a test of the soak itself lets it lose one, or see double. */
  read?: (result: ReceivedResult) => ReceivedResult[];
};

/**
 * Plays one run to its end, and holds it against the promises.
 * @throws AbortError where it is stopped before.
 */
export async function runSoak(
  options: SoakOptions,
  { signal, stderr, read = (result) => [result] }: SoakSurroundings,
): Promise<Summary> {
  const { seed, faultRate: percent, killEvery, maxCallsPerSecond, connectionSetUpMs } = options;
  // One for each, so that what one draws does not move the others.
  const randomOf = (salt: number) => createRandom(seed * 31 + salt);
  const recorder = createRecorder();
  const tally: Tally = {};
  let people: ReturnType<typeof playPeople> | undefined;
  const recordedDeployment = await startRecordedDeployment({
    maxCallsPerSecond,
    connectionSetUpMs,
    seed,
    recorder,
    onSessionCall: (found) => people?.onTransfer(found),
    splitAt: someOf(randomOf(7)),
    signal,
  });
  const { deployment, superOffice, eventQueue, resultQueue } = recordedDeployment;
  const startedAt = Date.now();
  const client = deployment.createClient();
  let closing: Promise<void> | undefined;
  const close = () => {
    people?.leave();
    client.destroy();
    closing ??= recordedDeployment.close();
    return closing;
  };
  try {
    for (const line of announcementOf(options, eventQueue.options.visibilityTimeoutSeconds)) {
      stderr.write(`${line}\n`);
    }
    const credentialLife = createCredentialLife(recordedDeployment, tally);
    people = playPeople(superOffice.tenant, randomOf(1));
    superOffice.setFault(
      superOfficeFaults({
        random: randomOf(2),
        percent,
        tally,
        renewTicket: credentialLife.renew,
        onFault: (callNumber, name) => recorder.faults.set(callNumber, name),
      }),
    );
    const names = { eventQueueName: eventQueue.name, resultQueueName: resultQueue.name };
    deployment.sqs.setFault(sqsFaults({ random: randomOf(3), percent, tally, ...names }));
    recordedDeployment.loginService.setFault(loginFaults({ random: randomOf(8), percent, tally }));
    deployment.secretsManager.setFault(secretsFaults({ random: randomOf(4), percent, tally }));
    const { eventTimeToLiveSeconds } = deployment;
    const events = makeSoakEvents({
      count: options.events,
      offerRate: options.offerRate,
      // More than wait: or most wishes would only supersede each other.
      openChats: 2 * mostWaiting(maxCallsPerSecond),
      random: randomOf(5),
      tenant: superOffice.tenant,
      eventTimeToLiveSeconds,
    });

    const reader = startResultReader({
      client,
      queueUrl: deployment.resultQueueUrl,
      onResult: (result, body) => {
        for (const one of read(result)) recorder.result(one, body);
      },
      onUnreadable: (_, reason) => recorder.unreadable.push(reason),
    });
    const kills = startKills(deployment.routeChat, {
      everySeconds: killEvery,
      random: randomOf(6),
    });
    const progress = startSoakProgress(events.length, stderr);
    try {
      const update = () => {
        credentialLife.progress(recorder.results.length / events.length);
        progress.update(recorder.results.length, kills.kills);
      };
      await playThrough({
        recordedDeployment,
        client,
        events,
        recorder,
        maxCallsPerSecond,
        update,
        signal,
      });
    } finally {
      kills.stop();
      progress.stop();
      await reader.close();
    }

    const record = runRecordOf(recordedDeployment, recorder, {
      kills: kills.kills,
      maxCallsPerSecond,
    });
    const breaches = brokenPromises(record);
    const seconds = (Date.now() - startedAt) / 1000;
    const { duplicates: deduplicated } = resultQueue;
    await close();
    if (breaches.length > 0) logBreaches(logFileOf(seed), record, breaches);
    else rmSync(logFileOf(seed), { force: true });
    return summarizeSoak(record, breaches, { options, seconds, deduplicated, faults: tally });
  } finally {
    await close();
  }
}

/** Mostly all of a group that can be received; AWS may hand out fewer. */
const someOf = (random: () => number) => (receivable: number) =>
  random() < 0.7 ? receivable : 1 + Math.floor(random() * receivable);
