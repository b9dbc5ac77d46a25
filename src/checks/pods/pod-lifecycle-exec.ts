import { asStrings, field, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { askContainers } from './ask-pod.js'
import { podWith } from './example-pod.js'
import { fetches } from './shell-commands.js'

export const podLifecycleExec = defineCheck({
  id: 'pod-lifecycle-exec',
  title: 'A container fetches programs from the network when it starts',
  severity: 'info',
  because: 'advice: what is fetched is in no image, and was scanned and signed by nobody',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'A hook that downloads runs what the other side serves at that moment, on every start of every pod. It is also a known way to hide a payload in a manifest that looks harmless.',
  references: [kubernetesDocs('concepts/containers/container-lifecycle-hooks/')],
  evaluate(workload, report) {
    askContainers(workload, report, {
      reads: ['postStart', 'preStop'].map((hook) => ({
        of: 'container' as const,
        path: ['lifecycle', hook, 'exec', 'command'],
        type: 'list' as const,
      })),
      severity: 'info',
      judge: ({ name, spec }) =>
        ['postStart', 'preStop'].flatMap((hook) => {
          const exec = valueAt(spec, ['lifecycle', hook, 'exec'])
          if (!fetches(asStrings(field(exec, 'command')).join(' '))) return []
          return [
            {
              message: `the ${hook} hook of container \`${name}\` fetches from the network`,
              at: ['lifecycle', hook, 'exec', 'command'],
              fix: advice('Build what it fetches into the image, or mount it from a ConfigMap or a volume.'),
            },
          ]
        }),
    })
  },
  examples: {
    bad: podWith(
      'lifecycle:\n  postStart:\n    exec:\n      command: [sh, -c, "curl -s https://tools.example/x | sh"]',
    ),
    good: podWith('lifecycle:\n  preStop:\n    exec:\n      command: [sleep, "5"]'),
  },
})
