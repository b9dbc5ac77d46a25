import {
  auditRecordOf,
  requestsOfRule,
  type AuditLevel,
  type AuditPolicy,
  type AuditRule,
} from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { auditPolicyInForce, ruleInWords } from './audit-policy-in-force.js'
import { auditedBy } from './example-audit.js'

interface Body {
  readonly what: string
  readonly verbs: readonly string[]
  readonly apiGroup: string
  readonly resource: string
  readonly subresource?: string
  /** The levels at which the credential is written: with the body of the request, or of the answer alone. */
  readonly levels: readonly AuditLevel[]
  readonly secret: boolean
}

const BOTH: readonly AuditLevel[] = ['Request', 'RequestResponse']
const ANSWER: readonly AuditLevel[] = ['RequestResponse']
const WRITES = ['create', 'update', 'patch']
const READS = ['get', 'list', 'deletecollection']

/** Bodies that hold credentials. A TokenRequest holds none: its token is in the answer. */
const BODIES: readonly Body[] = [
  { what: 'Secrets', verbs: WRITES, apiGroup: '', resource: 'secrets', levels: BOTH, secret: true },
  { what: 'Secrets', verbs: READS, apiGroup: '', resource: 'secrets', levels: ANSWER, secret: true },
  {
    what: 'tokens of service accounts',
    verbs: ['create'],
    apiGroup: '',
    resource: 'serviceaccounts',
    subresource: 'token',
    levels: ANSWER,
    secret: true,
  },
  {
    what: 'tokens under review',
    verbs: ['create'],
    apiGroup: 'authentication.k8s.io',
    resource: 'tokenreviews',
    levels: BOTH,
    secret: true,
  },
  { what: 'ConfigMaps', verbs: WRITES, apiGroup: '', resource: 'configmaps', levels: BOTH, secret: false },
  { what: 'ConfigMaps', verbs: READS, apiGroup: '', resource: 'configmaps', levels: ANSWER, secret: false },
]

/** Whether some request that a rule decides about is written with the body. */
function writes(policy: AuditPolicy, rule: AuditRule, { verbs, levels, ...form }: Body): boolean {
  if (!levels.includes(rule.level)) return false
  return verbs.some((verb) =>
    requestsOfRule(policy, rule, { ...form, verb }).some((request) => {
      const record = auditRecordOf(policy, request)
      return record.rule === rule && levels.includes(record.level)
    }),
  )
}

export const apiserverAuditLeaksSecrets = defineCheck({
  id: 'apiserver-audit-leaks-secrets',
  title: 'The audit log holds credentials',
  severity: 'high',
  because:
    'whoever reads the log, or the system that collects it, has the Secrets and tokens; low where it is ConfigMaps alone',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'At level Request the body of a request is written, at RequestResponse that of the answer too. For Secrets, token reviews and tokens of service accounts these are the credentials themselves, in clear and beyond the reach of RBAC and of encryption at rest.',
  references: [cis('3.2.2'), kubernetesDocs('tasks/debug/debug-cluster/audit/#audit-policy')],
  evaluate(apiserver, report) {
    const policy = auditPolicyInForce(apiserver, report)
    if (policy === undefined) return
    for (const rule of policy.value.rules) {
      const bodies = BODIES.filter((body) => writes(policy.value, rule, body))
      if (bodies.length === 0) continue
      const secrets = bodies.filter(({ secret }) => secret)
      const what = [...new Set((secrets.length > 0 ? secrets : bodies).map((body) => body.what))].join(', ')
      report.fail(
        {
          origin: policy.originAt(rule.place),
          key: ruleInWords(rule),
          message: `the rule \`${ruleInWords(rule)}\` writes the bodies of ${what}`,
        },
        {
          message: `the log holds bodies of ${what}`,
          ...(secrets.length > 0
            ? {}
            : { severity: 'low', because: 'ConfigMaps are not meant for credentials, and often hold some' }),
          fix: advice(
            'Put a rule of level Metadata for secrets, configmaps, serviceaccounts/token (core group) and tokenreviews (authentication.k8s.io) before it, restart kube-apiserver, and change the credentials that the log already holds.',
          ),
        },
      )
    }
  },
  examples: {
    bad: auditedBy('- level: RequestResponse\n'),
    good: auditedBy(
      '- level: Metadata\n  resources:\n  - {group: "", resources: [secrets, configmaps, serviceaccounts/token]}\n  - {group: authentication.k8s.io, resources: [tokenreviews]}\n- level: RequestResponse\n',
    ),
  },
})
