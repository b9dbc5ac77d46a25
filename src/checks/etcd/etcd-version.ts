import { defineCheck } from '../define-check.js'
import { etcdWith } from './example-etcd.js'
import { advice } from '../precondition.js'

/** The oldest minor version of 3 that is corrected, while 3.6 is the newest (2026-11). Source: etcd.io, Versioning: the current and the previous release. */
const OLDEST = 5

export const etcdVersion = defineCheck({
  id: 'etcd-version',
  title: 'This version of etcd gets no more corrections',
  severity: 'medium',
  because: 'known faults stay open; how grave they are depends on what becomes known',
  reach: 'user',
  appliesTo: 'etcd',
  why: 'etcd corrects its newest minor version and the one before it.',
  references: ['https://etcd.io/docs/v3.6/op-guide/versioning/'],
  evaluate(etcd, report) {
    const { version } = etcd
    if (!version.known) return report.unknown(version)
    const minor = Number(/^3\.(\d{1,2})\./.exec(version.value)?.[1])
    if (minor >= OLDEST) return
    report.fail(
      { origin: version.origin, key: 'version', message: `etcd is ${version.value}` },
      {
        message: `etcd is ${version.value}; 3.${OLDEST} is the oldest version that is corrected`,
        fix: advice(
          'Upgrade etcd one minor version at a time, with a snapshot before each; kubeadm does it with the control plane.',
        ),
      },
    )
  },
  examples: { bad: etcdWith({}, { version: '3.4.13-0' }), good: etcdWith() },
})
