const firstMs = 100;
const longestMs = 3_000;

/** Milliseconds to wait after so many failures in a row: doubling, up to half less by chance. */
export const backoffMs = (failures: number, random: () => number) =>
  Math.min(firstMs * 2 ** (failures - 1), longestMs) * (1 - random() / 2);
