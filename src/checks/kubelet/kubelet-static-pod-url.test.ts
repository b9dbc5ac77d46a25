import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletStaticPodUrl } from './kubelet-static-pod-url.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'

checkTests(kubeletStaticPodUrl, [
  {
    name: 'http',
    kind: 'failing',
    given: kubeletWith('staticPodURL: http://10.0.0.5/pods.yaml'),
    expect: [{ result: 'fail', severity: 'high', path: 'staticPodURL', line: 3, fix: 'advice' }],
  },
  {
    name: 'https',
    kind: 'passing',
    given: kubeletWith('staticPodURL: https://pods.example/pods.yaml'),
    expect: [],
  },
  {
    name: 'by flag, in capitals',
    kind: 'odd',
    given: kubeletWith('', '--manifest-url=HTTP://10.0.0.5/pods.yaml'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen('staticPodURL: http://10.0.0.5/p'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
