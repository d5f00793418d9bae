import { adviceFor, createResultHandler, sendRouteChatEvents } from 'superoffice-route-chat/client';

const queueUrl = process.env.EVENT_QUEUE_URL ?? '';
const secondChoice = Number(process.env.SECOND_CHOICE);

/** Acts on what became of the rule's wishes: where nobody was asked, asks the second choice, once. */
export const handler = createResultHandler({
  async 'not-applied'(result) {
    const { chatSessionId, cause, source, eventMessageId } = result;
    // The chat is ours, and still nobody was asked: the account manager cannot be.
    if (cause === 'unclear' && source === 'routing-rule:vip' && chatSessionId !== null) {
      const wish = {
        chatSessionId,
        toAssociate: secondChoice,
        source: 'routing-rule:second-choice',
        reason: 'The account manager cannot be asked',
        expiresInSeconds: 60,
        // A result that comes again makes the same event.
        requestId: `second-choice-${eventMessageId}`,
      };
      await sendRouteChatEvents([wish], { queueUrl });
      return;
    }
    console.warn(`Chat ${chatSessionId} was not moved (${cause}): ${adviceFor(result)?.doNow}`);
  },
  otherwise: () => undefined,
});
