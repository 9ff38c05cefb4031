// What ends the build: one sentence, no stack.
export class Trouble extends Error {}
