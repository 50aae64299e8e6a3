import { describe, expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib/core';
import type { Domain } from '../../lib/stages.ts';
import { stageNames } from '../support/assemblies.ts';
import { propertiesOf, resourcesOf, templatesByStage, textOf } from '../support/templates.ts';
import { PaymentCancelStack } from '../../lib/payment-cancel-stack.ts';
import { cdkContext } from '../support/cdk-context.ts';
import { unfilledStage } from '../support/unfilled-stage.ts';
import { templateOf } from '../support/synthesize-template.ts';

const templates = templatesByStage();
const domain = { name: 'cancel.example.com', certificateArn: 'arn:aws:acm:us-east-1:111111111111:certificate/one' };
const truststore = { bucket: 'the-truststore', key: 'authorities.pem' };

describe('a domain of its own', () => {
  const withDomain = templateOf({ ...unfilledStage('prod'), domain });
  const withClientCertificates = templateOf({ ...unfilledStage('prod'), domain: { ...domain, truststore } });

  test.each(stageNames)('is not there in %s, where none is configured', (stage) => {
    expect(resourcesOf(templates[stage], 'AWS::ApiGateway::DomainName')).toEqual([]);
    expect(propertiesOf(templates[stage], 'AWS::ApiGateway::RestApi')['DisableExecuteApiEndpoint']).toBe(false);
  });

  test.each([
    ['without client certificates', withDomain],
    ['with client certificates', withClientCertificates],
  ])('is regional and takes no TLS older than 1.2, %s', (_how, of) => {
    expect(propertiesOf(of, 'AWS::ApiGateway::DomainName')).toMatchObject({
      DomainName: domain.name,
      RegionalCertificateArn: domain.certificateArn,
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'TLS_1_2',
    });
  });

  test.each([
    ['without client certificates', withDomain],
    ['with client certificates', withClientCertificates],
  ])("leads to the API's stage, %s", (_how, of) => {
    const { DomainName, RestApiId, Stage: stage, ...others } = propertiesOf(of, 'AWS::ApiGateway::BasePathMapping');
    expect([DomainName, RestApiId, stage].map(textOf)).toEqual([
      '<GatewayDomainName>',
      '<GatewayApi>',
      '<GatewayApiDeploymentStageprod>',
    ]);
    expect(others).toEqual({});
  });

  test('asks for client certificates if there is a truststore, and closes the way around them', () => {
    expect(propertiesOf(withClientCertificates, 'AWS::ApiGateway::DomainName')['MutualTlsAuthentication']).toEqual({
      TruststoreUri: 's3://the-truststore/authorities.pem',
    });
    expect(propertiesOf(withClientCertificates, 'AWS::ApiGateway::RestApi')['DisableExecuteApiEndpoint']).toBe(true);
  });

  test('names the version of its truststore, if one is given', () => {
    const of = templateOf({
      ...unfilledStage('dev'),
      domain: { ...domain, truststore: { ...truststore, version: 'v7' } },
    });
    expect(propertiesOf(of, 'AWS::ApiGateway::DomainName')['MutualTlsAuthentication']).toEqual({
      TruststoreUri: 's3://the-truststore/authorities.pem',
      TruststoreVersion: 'v7',
    });
  });

  // Mutual TLS goes with none of the newer policies, and a policy of the API would count for the domain too.
  test('leaves the policy of TLS to the domain under mutual TLS, and only then', () => {
    expect(propertiesOf(withClientCertificates, 'AWS::ApiGateway::RestApi')).not.toHaveProperty('SecurityPolicy');
    expect(propertiesOf(withDomain, 'AWS::ApiGateway::RestApi')).toHaveProperty('SecurityPolicy');
  });

  test('asks for no client certificates without a truststore', () => {
    expect(propertiesOf(withDomain, 'AWS::ApiGateway::DomainName')).not.toHaveProperty('MutualTlsAuthentication');
    expect(propertiesOf(withDomain, 'AWS::ApiGateway::RestApi')['DisableExecuteApiEndpoint']).toBe(false);
  });

  test('is behind the same firewall', () => {
    expect(resourcesOf(withClientCertificates, 'AWS::WAFv2::WebACLAssociation')).toHaveLength(1);
  });

  test.each([
    ['without client certificates', withDomain],
    ['with client certificates', withClientCertificates],
  ])('is printed at the end of a deployment, with the name that it has to point at, %s', (_how, of) => {
    expect(textOf(of.Outputs?.['CancelUrl']?.Value)).toBe('https://cancel.example.com/api/v2/payment/cancel');
    expect(textOf(of.Outputs?.['DomainTarget']?.Value)).toBe('<GatewayDomainName.RegionalDomainName>');
  });
});

describe('a domain that is impossible', () => {
  const synthesized = (changes: Partial<Domain>) =>
    templateOf({ ...unfilledStage('dev'), domain: { ...domain, truststore, ...changes } });

  test.each<[string, Partial<Domain>]>([
    ['The domain\'s name is "https://cancel.example.com", but has to be', { name: 'https://cancel.example.com' }],
    ['The domain\'s name is "Cancel.example.com"', { name: 'Cancel.example.com' }],
    ['The domain\'s name is "localhost"', { name: 'localhost' }],
    ['The domain\'s name is ""', { name: '' }],
    ['The domain\'s certificateArn is "one", but has to be the ARN of a certificate', { certificateArn: 'one' }],
    [
      'The domain\'s certificateArn is "arn:aws:iam::111111111111:server-certificate/one"',
      { certificateArn: 'arn:aws:iam::111111111111:server-certificate/one' },
    ],
    [
      'The domain\'s truststore.bucket is "s3://the-truststore", but has to be the name of an S3 bucket.',
      { truststore: { ...truststore, bucket: 's3://the-truststore' } },
    ],
    ['The domain\'s truststore.key is "authorities"', { truststore: { ...truststore, key: 'authorities' } }],
    ['The domain\'s truststore.version is ""', { truststore: { ...truststore, version: '' } }],
  ])('is reported in one line: %s', (message, changes) => {
    expect(() => synthesized(changes)).toThrow(message);
    expect(() => synthesized(changes)).toThrow(/^.*\.$/);
  });

  test('is one whose certificate is in another region than the stack, where that region is known', () => {
    expect(inRegion('us-east-1')).not.toThrow();
    expect(inRegion('ap-northeast-2')).toThrow('of a certificate in ap-northeast-2, the region of the stack.');
  });
});

function inRegion(region: string) {
  const stage = { ...unfilledStage('dev'), domain, environment: { account: '111111111111', region } };
  return () => new PaymentCancelStack(new App({ context: cdkContext() }), stage);
}
