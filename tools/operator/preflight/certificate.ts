import { type CertificateDetail, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { type Check, isNamed, type Problem } from './check.ts';

/** The certificate of the stage's domain. */
export const certificate: Check = {
  name: 'certificate',
  async find({ stage: { domain }, environment: { region }, clients: { acm } }) {
    if (domain === undefined) return [];
    const { name, certificateArn } = domain;
    const anew = `aws acm request-certificate --validation-method DNS --region ${region} --domain-name ${name}`;
    try {
      const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: certificateArn }));
      return problemsOf(Certificate ?? {}, name, certificateArn, anew);
    } catch (error) {
      if (!isNamed(error, 'ResourceNotFoundException')) throw error;
      return [{ what: `There is no certificate ${certificateArn} in ${region}.`, mend: anew }];
    }
  },
};

function problemsOf(
  { Status, DomainName, SubjectAlternativeNames = [] }: CertificateDetail,
  name: string,
  arn: string,
  anew: string,
): Problem[] {
  if (Status === 'PENDING_VALIDATION') {
    const query = 'Certificate.DomainValidationOptions[].ResourceRecord';
    return [
      {
        what: `The certificate of ${name} waits for its DNS records: create those that this command prints.`,
        mend: `aws acm describe-certificate --query '${query}' --certificate-arn ${arn}`,
      },
    ];
  }
  if (Status !== 'ISSUED') return [{ what: `The certificate of ${name} is ${Status}.`, mend: anew }];
  const names = [DomainName ?? '', ...SubjectAlternativeNames];
  if (names.some((one) => covers(one, name))) return [];
  return [{ what: `The certificate is for ${[...new Set(names)].join(', ')}, and not for ${name}.`, mend: anew }];
}

/** A * stands for one label. */
function covers(pattern: string, name: string): boolean {
  return pattern === name || (pattern.startsWith('*.') && pattern.slice(2) === name.slice(name.indexOf('.') + 1));
}
