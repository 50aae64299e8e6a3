import { CfnOutput, Stack, Token } from 'aws-cdk-lib';
import { DomainName, EndpointType, type RestApi, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Domain } from './stages.ts';

interface CustomDomainProps {
  readonly api: RestApi;
  readonly domain: Domain;
}

/** A custom domain for the API, with mutual TLS if it has a truststore. */
export class CustomDomain extends Construct {
  /** @throws Error naming what is wrong in the configuration of the domain */
  constructor(scope: Construct, id: string, { api, domain }: CustomDomainProps) {
    super(scope, id);
    checkDomain(domain, Stack.of(this).region);
    const { name, certificateArn, truststore } = domain;
    const resource = new DomainName(this, 'Name', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      endpointType: EndpointType.REGIONAL,
      // Mutual TLS needs this policy, which accepts TLS 1.3 too.
      securityPolicy: SecurityPolicy.TLS_1_2,
      ...(truststore === undefined
        ? {}
        : {
            mtls: {
              ...truststore,
              bucket: Bucket.fromBucketName(this, 'Truststore', truststore.bucket),
            },
          }),
    });
    resource.addBasePathMapping(api);
    new CfnOutput(Stack.of(this), 'DomainTarget', {
      description: `Point ${name} at this name, with an alias or CNAME record`,
      value: resource.domainNameAliasDomainName,
    });
  }
}

const domainNamePattern = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const certificateArnPattern = /^arn:aws[a-z-]*:acm:([a-z0-9-]+):\d{12}:certificate\/[\w-]+$/;
const bucketNamePattern = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

function checkDomain({ name, certificateArn, truststore }: Domain, region: string): void {
  if (!domainNamePattern.test(name)) refuse('name', name, 'a host name in lower case, such as cancel.example.com');
  const [, certificateRegion] = certificateArnPattern.exec(certificateArn) ?? [];
  if (certificateRegion === undefined) {
    refuse(
      'certificateArn',
      certificateArn,
      'the ARN of a certificate, such as arn:aws:acm:REGION:ACCOUNT:certificate/ID',
    );
  }
  // If only CloudFormation knows the region, CloudFormation reports the mistake.
  if (!Token.isUnresolved(region) && certificateRegion !== region) {
    refuse('certificateArn', certificateArn, `of a certificate in ${region}, the region of the stack`);
  }
  if (truststore === undefined) return;
  if (!bucketNamePattern.test(truststore.bucket))
    refuse('truststore.bucket', truststore.bucket, 'the name of an S3 bucket');
  if (!truststore.key.endsWith('.pem')) refuse('truststore.key', truststore.key, 'the key of a .pem file');
  if (truststore.version === '') refuse('truststore.version', '', 'the version id of that object');
}

function refuse(what: string, value: string, expected: string): never {
  throw new Error(`The domain's ${what} is ${JSON.stringify(value)}, but has to be ${expected}.`);
}
