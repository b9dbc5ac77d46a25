import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podFlexVolume } from './pod-flex-volume.js'

const volume = (source: string): string => `volumes: [{name: data, ${source}}]`

checkTests(podFlexVolume, [
  {
    name: 'a FlexVolume',
    kind: 'failing',
    given: podWith('', volume('flexVolume: {driver: example/nfs}')),
    expect: [{ result: 'fail', severity: 'high', path: 'spec.volumes[name=data].flexVolume', fix: 'advice' }],
  },
  {
    name: 'a claim',
    kind: 'passing',
    given: podWith('', volume('persistentVolumeClaim: {claimName: a}')),
    expect: [],
  },
  {
    name: 'without a driver',
    kind: 'odd',
    given: podWith('', volume('flexVolume: {}')),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: podWith('', 'volumes: {data: flexVolume}'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
