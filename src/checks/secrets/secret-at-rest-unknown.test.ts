import { checkTests } from '../../../test/kit/check-tests.js'
import { secretWith } from './example-objects.js'
import { secretAtRestUnknown } from './secret-at-rest-unknown.js'

const flags = (line: string): object => ({ 'cp-1': { processes: [`/usr/bin/kube-apiserver ${line}`] } })

checkTests(secretAtRestUnknown, [
  {
    name: 'encryption is on',
    kind: 'failing',
    given: { manifests: secretWith({}), hosts: flags('--encryption-provider-config=/e.yaml') as never },
    expect: [{ result: 'fail', severity: 'info', path: 'encryption-provider-config', fix: 'advice' }],
  },
  {
    name: 'it is off: told by another check',
    kind: 'passing',
    given: { manifests: secretWith({}), hosts: flags('--anonymous-auth=false') as never },
    expect: [],
  },
  {
    name: 'no Secrets',
    kind: 'odd',
    given: { manifests: 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\n' },
    expect: [],
  },
  {
    name: 'no API server was read',
    kind: 'unknown',
    given: { manifests: secretWith({}) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
