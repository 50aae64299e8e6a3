import { describe, expect, test } from '@jest/globals';
import { describeFailure } from '../../../../lambda/signed-route/telemetry.ts';
import { refused, RequestRefused } from '../../../../lambda/signed-route/outcome.ts';

const textOf = (error: unknown) => JSON.stringify(describeFailure(error));

test('a refusal is described by what its response does not say', () => {
  const error = new RequestRefused(refused('UNAUTHENTICATED'), 'REVOKED_ACCESS_KEY');
  expect(describeFailure(error)).toEqual({ detail: 'REVOKED_ACCESS_KEY' });
});

describe('the description of an error', () => {
  test('has the names and the frames of the error and its causes, and no message', () => {
    const cause = new TypeError('canary-cause');
    const error = new RangeError('canary-message\n    canary-second-line', { cause });
    expect(describeFailure(error)).toMatchObject({
      error: {
        name: 'RangeError',
        frames: expect.arrayContaining([expect.stringContaining('describe-failure.test.ts')]),
        cause: { name: 'TypeError', frames: expect.arrayContaining([expect.stringMatching(/^\s+at /)]) },
      },
    });
    expect(textOf(error)).not.toContain('canary');
  });

  test.each([
    ['stands as it was', (error: Error) => error],
    ['was added to, as the SDK does', (error: Error) => Object.assign(error, { message: `${error.message} A hint.` })],
  ])('takes no line of a message for a frame, where the message %s', (_how, change) => {
    const error = change(new SyntaxError('Unexpected token in "\n    at canary (canary:1:1)\n" is not valid.'));
    expect(describeFailure(error)).toMatchObject({
      error: { frames: expect.arrayContaining([expect.stringContaining('describe-failure.test.ts')]) },
    });
    expect(textOf(error)).not.toContain('canary');
  });

  test('takes the last line of a message for no frame either', () => {
    const error = new Error('canary\n    at canary');
    expect(textOf(error)).toContain('describe-failure.test.ts');
    expect(textOf(error)).not.toContain('canary');
  });

  test('goes three causes deep, even where an error is its own cause', () => {
    const error = new Error('one');
    error.cause = error;
    expect(textOf(error).match(/"name":"Error"/g)).toHaveLength(4);
  });

  test('has nothing of something thrown that is no error', () => {
    expect(textOf('canary')).not.toContain('canary');
  });
});
