import { pathInObject } from '../../kube/index.js'
import { asString, unknown, valueAt, type JsonPath, type KubeObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { claimedVolumes } from './claimed-volumes.js'
import { podWith } from './example-pod.js'
import { hostVolume } from './host-volume.js'

const SOURCES: readonly JsonPath[] = [
  ['spec', 'hostPath', 'path'],
  ['spec', 'local', 'path'],
]

function folderOf(volume: KubeObject): { path: JsonPath; folder: string } | undefined {
  for (const path of SOURCES) {
    const folder = asString(valueAt(volume.content, path))
    if (folder !== undefined) return { path, folder }
  }
  return undefined
}

export const podHostPathPv = defineCheck({
  id: 'pod-host-path-pv',
  title: 'A pod reaches a sensitive place of the node through a PersistentVolume',
  severity: 'high',
  because:
    'Pod Security sees the claim and not what is behind it; critical places count as in a hostPath volume',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'A claim may be bound to a PersistentVolume of type hostPath or local. No level of Pod Security refuses that, and the pod gets the folder all the same.',
  references: [kubernetesDocs('concepts/storage/persistent-volumes/#types-of-persistent-volumes')],
  evaluate(subject, report) {
    const { object, template } = subject
    for (const { claim, volume, at, bound } of claimedVolumes(subject)) {
      const path = pathInObject(template, at)
      if (bound?.object === undefined) {
        const missing =
          bound === undefined ? `the volume of claim ${claim}` : `PersistentVolume ${bound.name}`
        report.unknown(unknown('no-source', `${missing} was not read`, { kind: 'object', object, path }))
        continue
      }
      const source = folderOf(bound.object)
      if (source === undefined) continue
      const { danger, because, severity } = hostVolume(template, volume, source.folder)
      if (danger === undefined) continue
      const message = `claim \`${claim}\` is \`${source.folder}\` of a node: ${danger.what}`
      report.fail(
        {
          origin: { kind: 'object', object: bound.object, path: source.path },
          message: `PersistentVolume \`${bound.name}\` is \`${source.folder}\``,
          key: `claim ${claim}`,
        },
        {
          message,
          // One step out of reach of those who create pods: somebody had to make the volume.
          severity: severity === 'critical' || severity === undefined ? 'high' : severity,
          because: because ?? `it holds ${danger.what}, and Pod Security does not see it`,
          fix: advice(
            'Give the claim a volume in a folder of its own, or storage that is not the node’s; let only administrators create PersistentVolumes.',
            { breaks: 'what the program finds there' },
          ),
        },
      )
    }
  },
  examples: {
    bad: boundTo('/etc'),
    good: boundTo('/mnt/disks/ssd1'),
  },
})

function boundTo(folder: string): { manifests: string } {
  const pod = podWith(
    'volumeMounts:\n  - name: data\n    mountPath: /data',
    'volumes:\n  - name: data\n    persistentVolumeClaim:\n      claimName: data',
  )
  return {
    manifests: `${pod.manifests ?? ''}---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
  namespace: shop
spec:
  volumeName: node-folder
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: node-folder
spec:
  hostPath:
    path: ${folder}
`,
  }
}
