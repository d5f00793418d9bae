import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readDeadLetters } from '../../cli/dead-letters/read.ts';
import { createAws } from '../../cli/doctor/aws.ts';
import { examine } from '../../cli/doctor/examine.ts';
import type { Finding } from '../../cli/doctor/finding.ts';
import { web } from '../../cli/doctor/web.ts';
import { nameInUrl } from '../../local/stack/template-values.ts';
import { variablesFor } from '../../local/stack/variables-for-clients.ts';
import { wholeContext } from '../support/alarm-states.ts';
import { type Deployed, deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

describe('doctor, of a deployment on this machine', () => {
  const start = deployments();
  const before = { ...process.env };
  let stack: Deployed;

  beforeAll(async () => {
    stack = await start({ mayDie: true, context: wholeContext });
    const { secretsManager, httpIntake } = stack.deployment;
    const signingSecret = 'the s3cret of the webhook';
    secretsManager.put(httpIntake?.secretArn ?? '', JSON.stringify({ signingSecret }));
    Object.assign(process.env, variablesFor(stack.deployment));
  });
  afterAll(() => {
    process.env = before;
  });

  async function examined(): Promise<Finding[]> {
    const findings: Finding[] = [];
    const { stackName } = stack.deployment;
    const ports = { aws: createAws(), web, now: Date.now };
    for await (const finding of examine(stackName, ports)) findings.push(finding);
    return findings;
  }
  const wrong = async () => (await examined()).filter(({ ok }) => !ok);

  it('finds nothing wrong where nothing is, and counts results', async () => {
    const chatSessionId = stack.superOffice.tenant.addSession({});
    const [id] = await stack.send([{ chatSessionId, toAssociate: 'ann' }]);
    await stack.result(id);

    // A function writes its counts once its batch is done.
    const results = await until('the count', async () =>
      (await examined()).find(({ says }) => says === '1 transfer-pending'),
    );

    expect(results).toMatchObject({ what: 'results, last hour', ok: true });
    expect(await wrong()).toEqual([]);
  });

  it('says what to do with a credential that is refused, and shows nothing of it', async () => {
    stack.superOffice.tenant.expireTickets();

    const findings = await wrong();

    expect(findings).toMatchObject([
      { what: 'credential', todo: expect.stringContaining('Put a new credential') },
    ]);
    expect(JSON.stringify(findings)).not.toMatch(/7T:/);
    stack.rotate();
  });

  it('finds dead letters that nobody answers, which dead-letters lists and leaves', async () => {
    const { sqs, deadLetterQueueUrl } = stack.deployment;
    sqs.setFault(({ action }) => (action === 'SendMessageBatch' ? { kind: 'hang' } : undefined));
    const queue = sqs.queue(nameInUrl(deadLetterQueueUrl));
    const body = JSON.stringify({ chatSessionId: 648, toAssociate: 8 });
    for (const groupId of ['648', '649', '650'])
      queue.send({ body, groupId, deduplicationId: groupId });

    expect(await wrong()).toContainEqual(
      expect.objectContaining({
        what: 'Dead letter queue',
        says: expect.stringMatching(/^3 messages/),
      }),
    );
    // Two are in the hands of the second look.
    const { messages, inFlight } = await readDeadLetters(deadLetterQueueUrl);
    expect([messages.length, inFlight]).toEqual([1, 2]);
    expect(queue.depth()).toEqual({ visible: 1, inFlight: 2 });
    sqs.setFault(undefined);
  });
});
