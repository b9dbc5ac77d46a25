import { asString, valueAt, type JsonObject } from '../../model/index.js'
import type { WorkloadSubject } from '../define-check.js'
import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { askContainers, askPod, type PlaceFault } from './ask-pod.js'
import { changePod } from './change-pod.js'
import { podWith } from './example-pod.js'

const AT = ['securityContext', 'windowsOptions', 'runAsUserName']

/** Names of accounts are the same in any case, with or without their machine. */
function isAdministrator(spec: JsonObject): boolean {
  return /^(?:[^\\]*\\)?(?:containeradministrator|administrator|system)$/i.test(
    asString(valueAt(spec, AT)) ?? '',
  )
}

function faultAt(subject: WorkloadSubject, who: string, from: readonly (string | number)[]): PlaceFault {
  return {
    message: `${who} runs as an administrator of the container`,
    at: AT,
    fix: changePod(subject, {
      op: 'set',
      path: [...from, ...AT],
      value: 'ContainerUser',
      text: 'Run as `ContainerUser`.',
      breaks: 'a program that installs services or writes to folders of the system',
    }),
  }
}

export const podRunasContaineradministrator = defineCheck({
  id: 'pod-runas-containeradministrator',
  title: 'A Windows container runs as its administrator',
  severity: 'medium',
  because: 'it has every right in the container, and process isolation is all that keeps it from the node',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'ContainerAdministrator is on Windows what root is on Linux: it loads drivers and changes every file of the container, and flaws of the isolation are open to it alone.',
  references: [kubernetesDocs('concepts/windows/intro/#windows-security')],
  evaluate(workload, report) {
    askPod(workload, report, {
      reads: [{ of: 'pod', path: AT, type: 'string' }],
      severity: 'medium',
      judge(subject) {
        if (!isAdministrator(subject.template.spec)) return undefined
        return { ...faultAt(subject, 'the pod', ['spec']), at: ['spec', ...AT] }
      },
    })
    askContainers(workload, report, {
      reads: [{ of: 'container', path: AT, type: 'string' }],
      severity: 'medium',
      judge: ({ name, spec, podPath }, subject) =>
        isAdministrator(spec) ? faultAt(subject, `container \`${name}\``, podPath) : undefined,
    })
  },
  examples: {
    bad: podWith('', 'securityContext:\n  windowsOptions:\n    runAsUserName: ContainerAdministrator'),
    good: podWith('', 'securityContext:\n  windowsOptions:\n    runAsUserName: ContainerUser'),
  },
})
