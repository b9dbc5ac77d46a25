import { posix } from 'node:path'
import { isMountedReadOnly, type ViolationPlace } from '../../kube/index.js'
import { field, inWords, valueAt, type JsonValue } from '../../model/index.js'
import type { WorkloadSubject } from '../define-check.js'
import { defineCheck } from '../define-check.js'
import { cis, podSecurity } from '../references.js'
import { advice } from '../precondition.js'
import { HARDENED, podWith } from './example-pod.js'
import { judgePod } from './judge-pod.js'

/** Time zones, the release of the system and trusted certificates: the same on every machine, and no secret. */
const PUBLIC =
  /^\/(?:etc\/(?:localtime|timezone|os-release|ssl\/certs|ca-certificates|pki\/(?:ca-trust|tls\/certs))|usr\/(?:local\/)?share\/(?:zoneinfo|ca-certificates)|usr\/lib\/os-release)(?:\/|$)/

function isPublic({ value }: ViolationPlace): boolean {
  return typeof value === 'string' && PUBLIC.test(posix.normalize(value))
}

function volumeOf({ path }: ViolationPlace, { template }: WorkloadSubject): JsonValue | undefined {
  return field(valueAt(template, path.slice(0, 3)), 'name')
}

export const podHostPath = defineCheck({
  id: 'pod-host-path',
  title: 'A pod mounts a folder of the node',
  severity: 'high',
  because:
    'what stands in the folder decides; a writable system folder is the node; low for read-only public files',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'A hostPath volume reads or changes files of the node past every other barrier, and outlives the pod.',
  references: [cis('5.2.11'), podSecurity('HostPath Volumes')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['hostPathVolumes'],
      reads: [{ of: 'pod', path: ['volumes', '*', 'hostPath', 'path'], type: 'string' }],
      severity: 'high',
      judge: (place, subject) => ({
        message: `\`${inWords(place.value)}\` of the node is mounted`,
        ...(isPublic(place) && isMountedReadOnly(subject.template, volumeOf(place, subject))
          ? {
              severity: 'low' as const,
              because: 'the mount is read-only, and the folder holds nothing but public files',
            }
          : {}),
        fix: advice(
          'Use a volume of another type (PersistentVolumeClaim, ConfigMap, Secret, emptyDir); where it must be this folder, a local PersistentVolume, mounted read-only.',
          { breaks: 'the program finds no files until they are moved' },
        ),
      }),
    })
  },
  examples: {
    bad: podWith('', `volumes:\n  - name: data\n    hostPath:\n      path: /srv/data`),
    good: podWith(HARDENED),
  },
})
