import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { controllerManagerHostpathProvisioner } from './controller-manager-hostpath-provisioner.js'
import { controllerManagerWith } from './example-controller-manager.js'

checkTests(controllerManagerHostpathProvisioner, [
  {
    name: 'on',
    kind: 'failing',
    given: controllerManagerWith(['--enable-hostpath-provisioner=true']),
    expect: [
      { result: 'fail', path: 'enable-hostpath-provisioner', line: 11, fix: 'patch', severity: 'high' },
    ],
  },
  {
    name: 'off by default',
    kind: 'passing',
    given: controllerManagerWith(['--v=2']),
    expect: [],
  },
  {
    name: 'a bare flag is on',
    kind: 'odd',
    given: controllerManagerWith(['--enable-hostpath-provisioner']),
    expect: [{ result: 'fail', path: 'enable-hostpath-provisioner', line: 11, fix: 'patch' }],
  },
  ...unseenRows('kube-controller-manager'),
])
