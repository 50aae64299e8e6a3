import { describe, expect, test } from '@jest/globals';
import { fillIn } from './fill-in.ts';

describe('commands with their placeholders filled in', () => {
  test('have a value wherever a placeholder stands as a word', () => {
    const text = 'npm run a -- --stage STAGE stack-STAGE-$STAGE STAGE_ID --file FILE.json\n';
    expect(fillIn(text, { STAGE: 'dev', STAGE_ID: '7', 'FILE.json': 'f.json' })).toBe(
      'npm run a -- --stage dev stack-dev-$STAGE 7 --file f.json\n',
    );
  });

  test('take the longest text that has a value', () => {
    const fillings = { 'https://API_ID.example/STAGE': 'https://here/', STAGE: 'dev' };
    expect(fillIn('--url https://API_ID.example/STAGE --stage STAGE', fillings)).toBe(
      '--url https://here/ --stage dev',
    );
  });

  test('keep variables of the shell, types of AWS, and comments', () => {
    const text =
      'for TABLE in a b; do echo $TABLE; done # the TABLES\nNAME=$(nameOf AWS::Lambda::Function)\nx=KMS {"S":"a"}';
    expect(fillIn(text, {})).toBe(text);
  });

  test.each(['aws --name NAME', 'x=y,key=KEY', 'table-TABLE', '{"S":"STORE/ORDER"}'])(
    '%s is refused without a value',
    (text) => {
      expect(() => fillIn(text, { STAGE: 'dev' })).toThrow(
        /^Nothing is filled in for (NAME|KEY|TABLE|STORE, ORDER) of:/,
      );
    },
  );
});
