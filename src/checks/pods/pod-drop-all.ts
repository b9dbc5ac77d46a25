import { defineCheck } from '../define-check.js'
import { cis, podSecurity } from '../references.js'
import { HARDENED, podWith } from './example-pod.js'
import { changePod } from './change-pod.js'
import { judgePod } from './judge-pod.js'

export const podDropAll = defineCheck({
  id: 'pod-drop-all',
  title: 'A container keeps capabilities that it was not asked to need',
  severity: 'low',
  because: 'hygiene: the default set holds parts of root that few programs use',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Dropping all capabilities and adding back what is needed leaves an attacker inside the container with no part of root.',
  references: [cis('5.2.10'), podSecurity('Capabilities')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['capabilities_restricted'],
      reads: [{ of: 'container', path: ['securityContext', 'capabilities', 'drop', '*'], type: 'string' }],
      severity: 'low',
      judge: (place, subject) => {
        // Added capabilities have a check of their own.
        if (place.path.at(-1) !== 'drop') return undefined
        const lowerCase = Array.isArray(place.value) && place.value.includes('all')
        return {
          message: lowerCase
            ? `container \`${place.container ?? ''}\` drops \`all\`: runtimes take it, Pod Security wants \`ALL\``
            : `container \`${place.container ?? ''}\` does not drop ALL capabilities`,
          fix: changePod(subject, {
            op: 'set',
            path: place.path,
            value: ['ALL'],
            text: 'Set `capabilities.drop: [ALL]`.',
            breaks: 'programs that change owners, users or bind ports below 1024: add what they need',
          }),
        }
      },
    })
  },
  examples: {
    bad: podWith(''),
    good: podWith(HARDENED),
  },
})
