import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverDenyExternalIps } from './apiserver-deny-external-ips.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverDenyExternalIps, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'not on',
    kind: 'failing',
    given: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
    expect: [
      { result: 'fail', severity: 'medium', path: 'enable-admission-plugins', line: 11, fix: 'patch' },
    ],
  },
  {
    name: 'no plug-ins given',
    kind: 'failing',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'fail', path: 'enable-admission-plugins', fix: 'patch' }],
  },
  {
    name: 'on',
    kind: 'passing',
    given: apiserverWith(['--enable-admission-plugins=DenyServiceExternalIPs']),
    expect: [],
  },
  {
    name: 'another policy forbids them',
    kind: 'odd',
    given: apiserverWith(['--v=2'], {
      manifests: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: no-external-ips}
spec: {validations: [{expression: '!has(object.spec.externalIPs)'}]}
`,
    }),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'a version that has no such plug-in',
    kind: 'odd',
    given: apiserverWith(['--v=2'], { version: 'v1.20.1' }),
    expect: [{ result: 'notApplicable' }],
  },
])
