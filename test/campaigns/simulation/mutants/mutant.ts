/**
 * A bug that somebody could make: small changes of one source file. The code to find stands there exactly once, in whatever
 * layout; what is written as $NAME is any name, path of names or string (mutated-source.ts).
 */
export interface Mutant {
  readonly name: string;
  /** Under lambda/. */
  readonly file: string;
  readonly edits: ReadonlyArray<readonly [find: string, replace: string]>;
  /** What it would do to a merchant, or why it would not. */
  readonly why: string;
  /** For what the simulator cannot see: the tests that concern it, as a pattern of paths; by default those of its file. */
  readonly tests?: string;
}
