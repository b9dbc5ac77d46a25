import { asString, isObject, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'

/** What provisioners of folders write into the volumes that they make, in a folder of their own. */
const MADE_BY = 'pv.kubernetes.io/provisioned-by'

export const storagePvHostPath = defineCheck({
  id: 'storage-pv-host-path',
  title: 'A PersistentVolume is a folder of whatever node the pod runs on',
  severity: 'medium',
  because:
    'a claim gets a folder of the node past Pod Security; info where a provisioner made it in a folder of its own',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['PersistentVolume'],
  why: 'Whoever’s claim is bound to the volume reads and writes that folder on every node where its pods run, and no level of Pod Security sees it.',
  references: [kubernetesDocs('concepts/storage/persistent-volumes/#types-of-persistent-volumes')],
  evaluate({ object }, report) {
    const path = ['spec', 'hostPath']
    const source = valueAt(object.content, path)
    if (source === undefined || source === null) return
    const folder = asString(valueAt(source, ['path']))
    if (!isObject(source) || folder === undefined) {
      return report.unknown(unknown('unparsable', '`hostPath` has no path', { kind: 'object', object, path }))
    }
    const maker = asString(valueAt(object.content, ['metadata', 'annotations', MADE_BY]))
    report.fail(
      { origin: { kind: 'object', object, path: [...path, 'path'] }, message: `\`${folder}\` of the node` },
      {
        message: `the volume is \`${folder}\` of the node`,
        ...(maker === undefined
          ? {}
          : { severity: 'info' as const, because: `expected: ${maker} made it in a folder of its own` }),
        fix: advice(
          'Use a local volume, which is bound to one node, or the storage of a CSI driver; move the data first.',
          {
            breaks: 'pods that run on a node without the data',
          },
        ),
      },
    )
  },
  examples: {
    bad: volume('hostPath:\n    path: /srv/shared'),
    good: volume('csi:\n    driver: ebs.csi.aws.com\n    volumeHandle: vol-1'),
  },
})

function volume(source: string): { manifests: string } {
  return {
    manifests: `apiVersion: v1
kind: PersistentVolume
metadata:
  name: data
spec:
  ${source}
`,
  }
}
