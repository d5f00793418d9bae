/** After so many seconds Lambda stops the function: the stack deploys it, tests sum up by it. */
export const functionTimeoutSeconds = 15;
