import { describeRule } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs, nsa } from '../references.js'
import { clusterRole } from './example-objects.js'
import { judgedRules, ROLES } from './judged-rules.js'

/** What tells afterwards what happened in the cluster. */
const RECORDS = new Map([
  ['events', ['', 'events.k8s.io']],
  ['pods/log', ['']],
])
const DELETES = new Set(['delete', 'deletecollection'])

export const rbacDeleteEventsLogs = defineCheck({
  id: 'rbac-delete-events-logs',
  title: 'A rule lets events or logs be deleted',
  severity: 'low',
  because: 'it hides tracks, and only for the hour that events are kept',
  reach: 'user',
  appliesTo: 'object',
  kinds: ROLES,
  why: 'Events are the first place where a refused pod or a killed container is seen. Programs write them and let them end by themselves; deleting them serves somebody who does not want to be seen.',
  references: [nsa('audit logging'), kubernetesDocs('reference/kubernetes-api/cluster-resources/event-v1/')],
  evaluate(subject, report) {
    const { object } = subject
    for (const rule of judgedRules(subject, report)) {
      // `*` has a check of its own.
      const verb = rule.verbs.findIndex((each) => DELETES.has(each))
      if (verb < 0) continue
      rule.resources.forEach((resource, at) => {
        const groups = RECORDS.get(resource)
        if (groups === undefined || !rule.apiGroups.some((group) => group === '*' || groups.includes(group)))
          return
        report.fail(
          {
            origin: { kind: 'object', object, path: [...rule.path, 'resources', at] },
            key: `rules delete ${resource} ${describeRule(rule)}`,
            message: describeRule(rule),
          },
          {
            message: `a rule lets ${resource} be deleted`,
            fix: advice(
              'Take delete and deletecollection out of the rule, or give them in a rule of their own without this resource.',
              { breaks: 'clean-up by the subjects of this role; events end by themselves after an hour' },
            ),
          },
        )
      })
    }
  },
  examples: {
    bad: {
      manifests: clusterRole('recorder', [
        { verbs: ['create', 'patch', 'delete'], apiGroups: [''], resources: ['events'] },
      ]),
    },
    good: {
      manifests: clusterRole('recorder', [
        { verbs: ['create', 'patch'], apiGroups: [''], resources: ['events'] },
      ]),
    },
  },
})
