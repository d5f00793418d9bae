/** One line of what was looked at. */
export type Finding = {
  /** What was looked at, in a word or two. */
  what: string;
  ok: boolean;
  /** What was seen. Nothing secret. */
  says: string;
  /** What to do; there where it is not ok. */
  todo?: string;
};

export const good = (what: string, says: string): Finding => ({ what, ok: true, says });

export const bad = (what: string, says: string, todo: string): Finding => ({
  what,
  ok: false,
  says,
  todo,
});
