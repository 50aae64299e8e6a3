import { detailPath } from '../../lambda/contract/paths.ts';

/** The functions behind signed routes that only read, as the tests of the template expect them: one entry each. */
export const readFunctions: ReadonlyArray<{
  /** What its resources are called in the template: the construct's id, and its name in capitals. */
  readonly id: string;
  /** Its folder in lambda/. */
  readonly name: string;
  readonly path: string;
}> = [{ id: 'DetailsDetail', name: 'detail', path: detailPath }];
