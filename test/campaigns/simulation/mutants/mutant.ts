/**
 * A bug that somebody could make: small changes of one source file, or of two that have to go together. The code to find
 * stands there exactly once, in whatever layout; what is written as $NAME is any name, path of names or string
 * (mutated-source.ts).
 */
export interface Mutant extends Mutation {
  readonly name: string;
  /** Another file that the bug takes. */
  readonly and?: Mutation;
  /** What it would do to a merchant, or why it would not. */
  readonly why: string;
  /** For what the simulator cannot see: the tests that concern it, as a pattern of paths; by default those of its file. */
  readonly tests?: string;
  /** Whether it is in the refund chain, and so the simulator has to run it. */
  readonly isOfChain?: true;
}

export interface Mutation {
  /** Under lambda/, or from ./ on under test/campaigns/simulation, where the simulator stands in for code of the platform. */
  readonly file: string;
  readonly edits: ReadonlyArray<readonly [find: string, replace: string]>;
}
