import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAdmissionAlwaysPullImages } from './apiserver-admission-always-pull-images.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAdmissionAlwaysPullImages, [
  {
    name: 'off by default',
    kind: 'failing',
    given: apiserverWith(['--v=2'], { version: 'v1.34.2' }),
    expect: [{ result: 'fail', severity: 'low', path: 'AlwaysPullImages', fix: 'advice' }],
  },
  {
    name: 'on',
    kind: 'passing',
    given: apiserverWith(['--enable-admission-plugins=NodeRestriction,AlwaysPullImages']),
    expect: [],
  },
  {
    name: 'kubelets that ask for the credentials themselves',
    kind: 'odd',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  ...unseenRows('kube-apiserver'),
])
