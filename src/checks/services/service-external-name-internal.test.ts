import { checkTests } from '../../../test/kit/check-tests.js'
import { serviceWith } from './example-service.js'
import { serviceExternalNameInternal } from './service-external-name-internal.js'

const to = (name: string) => ({ manifests: serviceWith(`type: ExternalName\nexternalName: ${name}`) })

checkTests(serviceExternalNameInternal, [
  {
    name: 'the metadata service',
    kind: 'failing',
    given: to('169.254.169.254'),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'spec.externalName',
        line: 6,
        fix: 'advice',
        message: /metadata service/,
      },
    ],
  },
  {
    name: 'another namespace',
    kind: 'failing',
    given: to('db.payments.svc.cluster.local.'),
    expect: [{ result: 'fail', message: /name of the cluster/ }],
  },
  {
    name: 'the API server, in capitals',
    kind: 'odd',
    given: to('Kubernetes.Default.SVC'),
    expect: [{ result: 'fail', message: /API server/ }],
  },
  { name: 'outside', kind: 'passing', given: to('db.example.com'), expect: [] },
  {
    name: 'another type',
    kind: 'odd',
    given: { manifests: serviceWith('externalName: localhost') },
    expect: [],
  },
  {
    name: 'no text',
    kind: 'unknown',
    given: to('[a]'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
