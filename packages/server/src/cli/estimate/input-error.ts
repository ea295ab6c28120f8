/** What was given cannot be used: said in words with file, row and value. The command ends with exit code 1. */
export class InputError extends Error {}
