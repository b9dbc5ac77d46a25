import { asString, isObject, unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'

/**
 * Drivers with an explicit switch, off unless it is set. Sources: the documents of aws-ebs-csi-driver, ceph-csi, longhorn
 * and portworx. Drivers of clouds that always encrypt, and those without a switch, are not here.
 */
const SWITCHES: Readonly<Record<string, string>> = {
  'ebs.csi.aws.com': 'encrypted',
  'kubernetes.io/aws-ebs': 'encrypted',
  'rbd.csi.ceph.com': 'encrypted',
  'cephfs.csi.ceph.com': 'encrypted',
  'driver.longhorn.io': 'encrypted',
  'pxd.portworx.com': 'secure',
  'kubernetes.io/portworx-volume': 'secure',
}

export const storageStorageclassUnencrypted = defineCheck({
  id: 'storage-storageclass-unencrypted',
  title: 'A StorageClass makes volumes without encryption',
  severity: 'info',
  because:
    'advice: the storage behind it may encrypt by itself (as an account of AWS may by default), which no object shows',
  reach: 'host',
  appliesTo: 'object',
  kinds: ['StorageClass.storage.k8s.io'],
  why: 'Whoever gets the disk, a snapshot or a backup of it reads the data of its pods.',
  references: [kubernetesDocs('concepts/storage/storage-classes/#provisioner')],
  evaluate({ object }, report) {
    const name = Object.hasOwn(SWITCHES, asString(object.content.provisioner) ?? '')
      ? SWITCHES[asString(object.content.provisioner) ?? '']
      : undefined
    if (name === undefined) return
    const { parameters } = object.content
    if (parameters !== undefined && parameters !== null && !isObject(parameters)) {
      const origin = { kind: 'object', object, path: ['parameters'] } as const
      return report.unknown(unknown('unparsable', '`parameters` is no mapping', origin))
    }
    const value = isObject(parameters) && Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (/^(?:true|1|t)$/i.test(asString(value) ?? '')) return
    report.fail(
      { origin: { kind: 'object', object, path: ['parameters', name] }, message: `\`${name}\` is not true` },
      {
        message: `volumes of ${asString(object.content.provisioner) ?? ''} are made without encryption`,
        fix: advice(
          `Make a class with \`${name}: "true"\` and move the data; the parameters of a class cannot be changed.`,
          {
            breaks: 'nothing for volumes that are there: they stay as they are',
          },
        ),
      },
    )
  },
  examples: {
    bad: storageClass('type: gp3'),
    good: storageClass('encrypted: "true"'),
  },
})

function storageClass(parameters: string): { manifests: string } {
  return {
    manifests: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
parameters:
  ${parameters}
`,
  }
}
