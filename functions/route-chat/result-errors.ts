import type { ResultError } from '../../contract/result.ts';

/** What is said where an earlier attempt left no word, and nothing since told more. */
export const interrupted: ResultError = {
  code: 'interrupted',
  message:
    'An earlier attempt did not end here: its call may have been made, and its answer was lost.',
  httpStatus: null,
};

/** What is said where our own code failed; its name and nothing more is in the log. */
export const unexpected: ResultError = {
  code: 'unexpected',
  message: 'The function failed in an unexpected way; its log has the name of the error.',
  httpStatus: null,
};

/** What is said where a dry run cannot tell whether the chat is the credential's own. */
export const ownerNotKnown: ResultError = {
  code: 'unavailable',
  message: 'SuperOffice did not tell whose credential it is.',
  httpStatus: null,
};
