import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import asyncApi from '../../../docs/asyncapi.json' with { type: 'json' };
import { executorSource, reportType, requestTypes, serviceSource } from '../../../lambda/events/event-names.ts';
import { busNameOf, tableNamesOf } from '../../../lib/stages.ts';
import { rules } from '../../../tools/conformance/rules.ts';
import { rowsOf, sectionOf } from '../../support/markdown.ts';
import { projectRoot } from '../../support/run-node.ts';

const page = readFileSync(join(projectRoot, 'docs/executors.md'), 'utf8');
const blocks = [...page.matchAll(/^```json\n([^]*?)^```$/gm)].map(([, text = '']) => JSON.parse(text) as unknown);

const exampleOf = (message: { readonly examples: ReadonlyArray<{ name: string; payload: unknown }> }, name: string) =>
  message.examples.find((example) => example.name === name)?.payload;

describe('docs/executors.md', () => {
  test('shows the pattern of a rule, a request and a report as they are', () => {
    const { PaymentRefundRequestedV1, ExecutorReportV1 } = asyncApi.components.messages;
    expect(blocks).toEqual([
      { source: [serviceSource], 'detail-type': requestTypes },
      exampleOf(PaymentRefundRequestedV1, 'toBankAccount'),
      exampleOf(ExecutorReportV1, 'succeeded'),
    ]);
  });

  test('names bus, table, source and type as they are', () => {
    const names = [
      busNameOf('dev').replace('dev', 'STAGE'),
      tableNamesOf('dev').refundAccounts.replace('dev', 'STAGE'),
      executorSource,
      reportType,
    ];
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  test('lists the rules of the conformance test', () => {
    const [, , ...rows] = rowsOf(sectionOf(page, 'The conformance test'));
    expect(Object.fromEntries(rows.map(([rule = '', sentence]) => [rule, sentence]))).toEqual(rules);
  });

  test('describes each field of a report', () => {
    const { properties } = asyncApi.components.schemas.ExecutorReportV1.properties.data;
    const table = rowsOf(sectionOf(page, 'The report')).map(([field]) => field);
    expect(Object.keys(properties).filter((name) => !table.join(' ').includes(`\`${name}\``))).toEqual([]);
  });
});
