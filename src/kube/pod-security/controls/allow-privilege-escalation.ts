import { exceptWindows, type Control, type Evaluate } from '../control.js'
import { containerNames } from '../in-words.js'

const notForbidden: Evaluate = (pod) =>
  pod.containers
    .filter((container) => container.securityContext?.allowPrivilegeEscalation !== false)
    .map((container) => ({
      path: [...container.path, 'securityContext', 'allowPrivilegeEscalation'],
      container: container.name,
      value: container.securityContext?.allowPrivilegeEscalation ?? null,
    }))

/** Source: policy/check_allowPrivilegeEscalation.go. */
export const allowPrivilegeEscalation: Control = {
  id: 'allowPrivilegeEscalation',
  level: 'restricted',
  describe: (places) =>
    `allowPrivilegeEscalation != false (${containerNames(places)} must set securityContext.allowPrivilegeEscalation=false)`,
  versions: [
    { from: 8, evaluate: notForbidden },
    { from: 25, evaluate: exceptWindows(notForbidden) },
  ],
}
