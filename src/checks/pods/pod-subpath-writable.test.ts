import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podSubpathWritable } from './pod-subpath-writable.js'

const CLAIM = 'volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]'
const mount = (more: string): string => `volumeMounts: [{name: data, mountPath: /data${more}}]`
const node = (version: string): string => `---
apiVersion: v1
kind: Node
metadata: {name: worker-1}
status: {nodeInfo: {kubeletVersion: ${version}}}
`
const onNode = (version: string): { manifests: string } => ({
  manifests: `${podWith(mount(', subPath: app'), CLAIM).manifests ?? ''}${node(version)}`,
})

checkTests(podSubpathWritable, [
  {
    name: 'a part of a claim',
    kind: 'failing',
    given: podWith(mount(', subPath: app'), CLAIM),
    expect: [
      { result: 'fail', severity: 'info', path: 'spec.containers[name=app].volumeMounts[name=data].subPath' },
    ],
  },
  {
    name: 'mounted read-only',
    kind: 'passing',
    given: podWith(mount(', subPath: app, readOnly: true'), CLAIM),
    expect: [],
  },
  {
    name: 'a key of a ConfigMap',
    kind: 'passing',
    given: podWith(mount(', subPath: app'), 'volumes: [{name: data, configMap: {name: a}}]'),
    expect: [],
  },
  {
    name: 'a kubelet with the flaw',
    kind: 'odd',
    given: onNode('v1.21.4'),
    expect: [{ result: 'fail', severity: 'high', message: /app/ }],
  },
  {
    name: 'its fix',
    kind: 'odd',
    given: onNode('v1.21.5-eks-1'),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'a path that is no text',
    kind: 'unknown',
    given: podWith(mount(', subPath: 5'), CLAIM),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
