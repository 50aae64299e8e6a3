import { describe, expect, test } from '@jest/globals';
import { monthlyCosts, monthlyCostsTable } from '../../../../../tools/generate/costs/monthly-costs.ts';
import type { Template } from '../../../../../tools/generate/costs/templates.ts';

const setting = (HttpMethod: string, ResourcePath: string, MetricsEnabled: boolean) => ({
  HttpMethod,
  ResourcePath,
  MetricsEnabled,
});

const template: Template = {
  Resources: Object.fromEntries(
    (
      [
        ['AWS::WAFv2::WebACL', { Rules: [{}, {}, {}] }],
        ['AWS::Lambda::Function', { Environment: { Variables: { SERVICE_NAME: 'payment-cancel-dev' } } }],
        ['AWS::Lambda::Function', { Environment: { Variables: { SERVICE_NAME: 'payment-detail-dev' } } }],
        ['AWS::Lambda::Function', {}],
        ['AWS::Lambda::Function', { Environment: { Variables: { SERVICE_NAME: 'payment-publisher-dev' } } }],
        ['AWS::Lambda::Function', { Environment: { Variables: { SERVICE_NAME: 'payment-result-taker-dev' } } }],
        ['AWS::Lambda::EventSourceMapping', { EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
        ['AWS::Lambda::EventSourceMapping', { EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] } }],
        ['AWS::Logs::MetricFilter', {}],
        ['AWS::ApiGateway::Method', {}],
        ['AWS::ApiGateway::Method', {}],
        ['AWS::ApiGateway::Method', {}],
        ['AWS::ApiGateway::Stage', { MethodSettings: [setting('*', '/*', true), setting('GET', '/~1docs', false)] }],
        ['AWS::CloudWatch::Alarm', { MetricName: 'One' }],
        ['AWS::CloudWatch::Alarm', { Metrics: [{ Expression: 'a + b' }, { MetricStat: {} }, { MetricStat: {} }] }],
        ['AWS::KMS::Key', {}],
        ['AWS::KMS::Key', {}],
      ] as const
    ).map(([Type, Properties], index) => [`R${index}`, { Type, Properties }]),
  ),
};

const countOf = (what: string) => monthlyCosts.find((cost) => cost.what === what)?.countOf(template);

describe('what is paid for each month', () => {
  test.each([
    ['web ACL', 1],
    ['its rules', 3],
    // 6 of both, 2 durations of both, 6 of cancellations, 1 of details, 3 of events, 7 of reports, and the one that is
    // counted in a log.
    ['custom metrics', 6 + 2 + 6 + (6 + 2 + 1) + 3 + 7 + 1],
    ['queues that Lambda waits at', 1],
    ['detailed metrics of API Gateway', 2 * 5],
    ['dashboard', 0],
    ['keys', 2],
    ['metrics that alarms watch', 1 + 2],
  ])('is counted in a template: %s', (what, number) => {
    expect(countOf(what)).toBe(number);
  });

  test('is not guessed of a function whose metrics nobody has listed', () => {
    const unknown = { Environment: { Variables: { SERVICE_NAME: 'payment-other-dev' } } };
    const own: Template = {
      Resources: { ...template.Resources, R99: { Type: 'AWS::Lambda::Function', Properties: unknown } },
    };
    expect(() => monthlyCostsTable({ dev: own, staging: own, prod: own })).toThrow('What payment-other-dev counts');
  });

  test('counts the routes that have metrics where the stage has none', () => {
    const settings = [setting('*', '/*', false), setting('POST', '/~1cancel', true)];
    const own: Template = {
      Resources: {
        ...template.Resources,
        R12: { Type: 'AWS::ApiGateway::Stage', Properties: { MethodSettings: settings } },
      },
    };
    expect(monthlyCosts.find(({ what }) => what.startsWith('detailed'))?.countOf(own)).toBe(5);
  });

  test('is added up, with and without what only requests cause', () => {
    const table = monthlyCostsTable({ dev: template, staging: template, prod: template });
    const [, ...totals] = /\*\*together\*\* .*? \| +([\d.]+) [^]*without requests .*? \| +([\d.]+) /.exec(table) ?? [];
    const idle = 5 + 3 * 1 + 2 * 1 + 0.26 + 3 * 0.1;
    expect(totals).toEqual([(idle + 34 * 0.3 + 10 * 0.3).toFixed(2), idle.toFixed(2)]);
  });
});
