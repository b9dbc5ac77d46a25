import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podHostPathPv } from './pod-host-path-pv.js'

const POD =
  podWith(
    'volumeMounts: [{name: data, mountPath: /data}]',
    'volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]',
  ).manifests ?? ''
const claim = (volume: string, name = 'data'): string =>
  `---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: ${name}, namespace: shop}\nspec: {${volume}}\n`
const volume = (spec: string): string =>
  `---\napiVersion: v1\nkind: PersistentVolume\nmetadata: {name: pv}\nspec: {${spec}}\n`
const STATEFUL = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  replicas: 2
  template: {spec: {containers: [{name: app, image: a, volumeMounts: [{name: data, mountPath: /d}]}]}}
  volumeClaimTemplates: [{metadata: {name: data}}]
`

checkTests(podHostPathPv, [
  {
    name: 'bound to the kubelet’s folder',
    kind: 'failing',
    given: { manifests: `${POD}${claim('volumeName: pv')}${volume('hostPath: {path: /var/lib/kubelet}')}` },
    expect: [{ result: 'fail', severity: 'high', path: 'claim data', fix: 'advice' }],
  },
  {
    name: 'the volume waits for the claim',
    kind: 'failing',
    given: {
      manifests: `${POD}${claim('')}${volume('local: {path: /etc}, claimRef: {namespace: shop, name: data}')}`,
    },
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'a folder of its own',
    kind: 'passing',
    given: { manifests: `${POD}${claim('volumeName: pv')}${volume('hostPath: {path: /srv/data}')}` },
    expect: [],
  },
  {
    name: 'the folder of the provisioner of k3s',
    kind: 'passing',
    given: {
      manifests: `${POD}${claim('volumeName: pv')}${volume('hostPath: {path: /var/lib/rancher/k3s/storage/pvc-1_shop_data}')}`,
    },
    expect: [],
  },
  {
    name: 'a claim that a StatefulSet made',
    kind: 'odd',
    given: {
      manifests: `${STATEFUL}${claim('volumeName: pv', 'data-db-1')}${volume('hostPath: {path: /}')}`,
    },
    expect: [{ result: 'fail', severity: 'high', path: 'claim data-db-1' }],
  },
  {
    name: 'a volume that was not read',
    kind: 'unknown',
    given: { manifests: `${POD}${claim('volumeName: other')}` },
    expect: [{ result: 'unknown', reason: 'no-source', message: 'PersistentVolume other was not read' }],
  },
  {
    name: 'neither claim nor volume',
    kind: 'unknown',
    given: { manifests: POD },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
