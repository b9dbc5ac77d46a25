import { checkTests } from '../../../test/kit/check-tests.js'
import { exceptionExpired } from './exception-expired.js'

const pod = (annotation: string): { manifests: string } => ({
  manifests: `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    rampart.dev/accept.pod-seccomp: ${annotation}
`,
})

checkTests(exceptionExpired, [
  {
    name: 'the day before',
    kind: 'failing',
    given: pod('until=2026-10-31; no profile yet'),
    expect: [{ result: 'fail', severity: 'medium', line: 6, message: /ended on 2026-10-31/, fix: 'advice' }],
  },
  {
    name: 'the last day itself',
    kind: 'passing',
    given: pod('until=2026-11-01; no profile yet'),
    expect: [],
  },
  {
    name: 'one of a pod template, on the object that makes pods',
    kind: 'odd',
    given: {
      manifests: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    metadata:
      annotations:
        rampart.dev/accept.pod-seccomp: until=2020-02-29; no profile yet
`,
    },
    expect: [{ result: 'fail', line: 8 }],
  },
  {
    name: 'no last day: another check says so',
    kind: 'unknown',
    given: pod('for ever'),
    expect: [],
  },
])
