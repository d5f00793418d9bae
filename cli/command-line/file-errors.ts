const reasons: Record<string, string> = {
  EEXIST: 'it is there already',
  ENOENT: 'no such file or directory',
  EISDIR: 'is a directory',
  EACCES: 'permission denied',
};

/** Why a file cannot be read or written, in words where there are any. */
export function whyUnusable(error: unknown): string {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return reasons[code] ?? code;
}
