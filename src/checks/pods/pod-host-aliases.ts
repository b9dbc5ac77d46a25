import { asList, asStrings, field } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { askPod } from './ask-pod.js'
import { podWith } from './example-pod.js'

export const podHostAliases = defineCheck({
  id: 'pod-host-aliases',
  title: 'A pod resolves names past the DNS of the cluster',
  severity: 'info',
  because: 'advice: an address that nobody keeps up to date, or a name that is meant to be somebody else',
  reach: 'user',
  appliesTo: 'workload',
  why: 'hostAliases beat DNS. A name of a service that points at another address sends its traffic and credentials there, and no change of DNS mends it.',
  references: [kubernetesDocs('tasks/network/customize-hosts-file-for-pods/')],
  evaluate(workload, report) {
    askPod(workload, report, {
      reads: [{ of: 'pod', path: ['hostAliases', '*', 'hostnames'], type: 'list' }],
      severity: 'info',
      judge({ template }) {
        const names = asList(template.spec.hostAliases).flatMap((alias) =>
          asStrings(field(alias, 'hostnames')),
        )
        if (names.length === 0) return undefined
        return {
          message: `fixed addresses for ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' and more' : ''}`,
          at: ['spec', 'hostAliases'],
          fix: advice('Put the names into DNS, or make a Service of type ExternalName.', {
            breaks: 'the program until DNS knows the names',
          }),
        }
      },
    })
  },
  examples: {
    bad: podWith('', 'hostAliases:\n  - ip: 10.0.0.7\n    hostnames: [db.example.com]'),
    good: podWith(''),
  },
})
