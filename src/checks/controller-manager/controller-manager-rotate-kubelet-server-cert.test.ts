import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { controllerManagerRotateKubeletServerCert } from './controller-manager-rotate-kubelet-server-cert.js'
import { controllerManagerWith } from './example-controller-manager.js'

checkTests(controllerManagerRotateKubeletServerCert, [
  {
    name: 'set to false',
    kind: 'failing',
    given: controllerManagerWith(['--feature-gates=RotateKubeletServerCertificate=false']),
    expect: [{ result: 'fail', path: 'feature-gates', line: 11, fix: 'advice', severity: 'medium' }],
  },
  {
    name: 'not set',
    kind: 'passing',
    given: controllerManagerWith(['--v=2']),
    expect: [],
  },
  {
    name: 'set to true',
    kind: 'passing',
    given: controllerManagerWith(['--feature-gates=RotateKubeletServerCertificate=true']),
    expect: [],
  },
  {
    name: 'among others',
    kind: 'odd',
    given: controllerManagerWith(['--feature-gates=AllAlpha=false,RotateKubeletServerCertificate=False']),
    expect: [{ result: 'fail', path: 'feature-gates', line: 11, fix: 'advice' }],
  },
  ...unseenRows('kube-controller-manager'),
])
