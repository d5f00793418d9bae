/** What stands in a secret that nobody has filled: a new stack writes it, the functions tell it. */
export const secretPlaceholder = 'REPLACE-ME';
