import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podCsiInline } from './pod-csi-inline.js'

const csi = (driver: string): ReturnType<typeof podWith> =>
  podWith('', `volumes: [{name: data, csi: {driver: ${driver}}}]`)
const declared = (profile: string): string => `---
apiVersion: storage.k8s.io/v1
kind: CSIDriver
metadata: {name: smb.csi.k8s.io, labels: {security.openshift.io/csi-ephemeral-volume-profile: ${profile}}}
`

checkTests(podCsiInline, [
  {
    name: 'a share of the pod’s own choice',
    kind: 'failing',
    given: csi('smb.csi.k8s.io'),
    expect: [{ result: 'fail', severity: 'medium', path: 'spec.volumes[name=data].csi', fix: 'advice' }],
  },
  { name: 'certificates made for it', kind: 'passing', given: csi('csi.cert-manager.io'), expect: [] },
  {
    name: 'a driver that the administrator calls safe',
    kind: 'odd',
    given: { manifests: `${csi('smb.csi.k8s.io').manifests ?? ''}${declared('restricted')}` },
    expect: [],
  },
  {
    name: 'one that he calls privileged',
    kind: 'odd',
    given: { manifests: `${csi('smb.csi.k8s.io').manifests ?? ''}${declared('privileged')}` },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'no text',
    kind: 'unknown',
    given: csi('{}'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
