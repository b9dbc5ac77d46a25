import type { ObjectIndex, PodTemplate } from '../../kube/index.js'
import { asList, field, inWords, isObject, type JsonValue } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { askContainers } from './ask-pod.js'
import { podWith } from './example-pod.js'
import { kubeletVersions, type KubeletVersion } from './kubelet-versions.js'

/** First patch with the fix of CVE-2021-25741, by minor; older minors have none. Source: kubernetes/kubernetes#104980. */
const FIXED: Readonly<Record<number, number>> = { 19: 15, 20: 11, 21: 5, 22: 2 }

function isVulnerable([minor, patch]: KubeletVersion): boolean {
  if (minor > 22) return false
  const fixed = FIXED[minor]
  return fixed === undefined || patch < fixed
}

const worst = new WeakMap<ObjectIndex, { readonly node: string | undefined }>()

function vulnerableNode(index: ObjectIndex): string | undefined {
  let found = worst.get(index)
  if (found === undefined) {
    const nodes = [...kubeletVersions(index)].filter(([, version]) => isVulnerable(version))
    worst.set(index, (found = { node: nodes.map(([name]) => name).sort()[0] }))
  }
  return found.node
}

/** Volumes whose files the pod cannot write, however they are mounted. */
const READ_ONLY = ['configMap', 'secret', 'downwardAPI', 'projected', 'image']

function isWritable(template: PodTemplate, mount: JsonValue): boolean {
  if (field(mount, 'readOnly') === true) return false
  const name = field(mount, 'name')
  const volume = asList(template.spec.volumes).find((each) => field(each, 'name') === name)
  return !READ_ONLY.some((type) => isObject(field(volume, type)))
}

export const podSubpathWritable = defineCheck({
  id: 'pod-subpath-writable',
  title: 'A container mounts a part of a volume that it may change',
  severity: 'info',
  because:
    'advice: a part of a writable volume was a way out of the container before; high where a kubelet still has that flaw',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'The kubelet follows the path inside the volume when it mounts it. A pod that swaps a folder of its volume for a link at that moment got any folder of the node (CVE-2017-1002101, CVE-2021-25741).',
  references: [
    'https://github.com/kubernetes/kubernetes/issues/104980',
    kubernetesDocs('concepts/storage/volumes/#using-subpath'),
  ],
  evaluate(workload, report) {
    askContainers(workload, report, {
      reads: [
        { of: 'container', path: ['volumeMounts', '*', 'subPath'], type: 'string' },
        { of: 'container', path: ['volumeMounts', '*', 'subPathExpr'], type: 'string' },
        { of: 'container', path: ['volumeMounts', '*', 'readOnly'], type: 'boolean' },
        { of: 'pod', path: ['volumes', '*'], type: 'mapping' },
      ],
      severity: 'info',
      judge: (container, { template, index }) => {
        const node = vulnerableNode(index)
        return asList(container.spec.volumeMounts).flatMap((mount, at) => {
          const key = ['subPath', 'subPathExpr'].find((name) => (field(mount, name) ?? '') !== '')
          if (key === undefined || !isWritable(template, mount)) return []
          return [
            {
              message: `container \`${container.name}\` mounts \`${inWords(field(mount, key))}\` of a volume that it may write`,
              at: ['volumeMounts', at, key],
              ...(node === undefined
                ? {}
                : {
                    severity: 'high' as const,
                    because: `the kubelet of ${node} has CVE-2021-25741: the pod may mount any folder of its node`,
                  }),
              fix:
                node === undefined
                  ? advice('Give the program a volume of its own, or mount the part read-only.')
                  : advice(`Update the kubelet of ${node}; until then give the program a volume of its own.`),
            },
          ]
        })
      },
    })
  },
  examples: {
    bad: podWith(
      'volumeMounts:\n  - name: data\n    mountPath: /data\n    subPath: app',
      'volumes:\n  - name: data\n    persistentVolumeClaim:\n      claimName: data',
    ),
    good: podWith(
      'volumeMounts:\n  - name: conf\n    mountPath: /etc/app.conf\n    subPath: app.conf',
      'volumes:\n  - name: conf\n    configMap:\n      name: conf',
    ),
  },
})
