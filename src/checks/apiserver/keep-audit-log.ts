import type { Fix } from '../../model/index.js'
import type { ComponentSubject } from '../define-check.js'
import { advice } from '../precondition.js'

const FOLDER = '/var/log/kubernetes/audit'

/** Who did what and when, without what was sent: bodies may hold what Secrets hold. */
const POLICY = `# Metadata of every request: who, what, when. Bodies are never kept, they hold what Secrets hold.
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: Metadata
`

/** The change that has an API server record requests: a policy, a log with rotation where it has none, and their mounts. */
export function keepAuditLog(apiserver: ComponentSubject, { log }: { readonly log: boolean }): Fix {
  const policy = apiserver.string('audit-policy-file')
  const needsPolicy = policy.known && policy.value === ''
  const words = [
    needsPolicy ? 'Give the API server an audit policy' : 'Give the API server an audit log',
    ...(log ? [` and a log in \`${FOLDER}\` that turns over at 100 MB and keeps ten files for 30 days`] : []),
  ]
  const fix = apiserver.changeStart?.(
    {
      ...(needsPolicy
        ? { files: [{ flag: 'audit-policy-file', name: 'audit-policy.yaml', text: POLICY }] }
        : {}),
      ...(log ? { set: LOG, folders: [FOLDER] } : {}),
    },
    `${words.join('')}, in one change: an API server that cannot read its policy does not start.`,
  )
  const breaks = log ? `${BOUNDS}; ${FULL_DISK}` : FULL_DISK
  return fix === undefined
    ? advice(
        'Write an audit policy, mount it into the pod of kube-apiserver, and set --audit-policy-file to it.',
        { breaks },
      )
    : { ...fix, breaks }
}

const KEPT_FILES = 10
const MEGABYTES = 100
const DAYS = 30

const LOG = {
  'audit-log-path': `${FOLDER}/audit.log`,
  'audit-log-maxage': DAYS,
  'audit-log-maxbackup': KEPT_FILES,
  'audit-log-maxsize': MEGABYTES,
}

/** The file that is written now counts beside those that are kept. */
const BOUNDS = `the log takes up to ${((KEPT_FILES + 1) * MEGABYTES) / 1000} GB below \`${FOLDER}\` (${KEPT_FILES} old files and the present one, ${MEGABYTES} MB each, gone after ${DAYS} days)`

/** Source: kubernetes v1.36.3 staging/src/k8s.io/apiserver/pkg/server/options/audit.go, ignoreErrorsBackend of mode blocking. */
const FULL_DISK = 'on a full disk entries are lost and requests go on; the log holds who did what'
