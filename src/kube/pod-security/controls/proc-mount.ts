import { exceptUserNamespace, inEachContainer, type Control, type Evaluate } from '../control.js'
import { containerNames, values } from '../in-words.js'

const unmasked: Evaluate = (pod) =>
  inEachContainer(pod, (context) => {
    const { procMount } = context
    if (procMount === undefined || procMount === null || procMount === 'Default') return []
    return [{ path: ['procMount'], value: procMount }]
  })

const describeProcMount: Control['describe'] = (places) =>
  `procMount (${containerNames(places)} must not set securityContext.procMount to ${values(places)})`

/** Source: policy/check_procMount_baseline.go. */
export const procMount: Control = {
  id: 'procMount',
  level: 'baseline',
  describe: describeProcMount,
  versions: [
    { from: 0, evaluate: unmasked },
    { from: 35, evaluate: exceptUserNamespace(unmasked) },
  ],
}

/** Source: policy/check_procMount_restricted.go. */
export const procMountRestricted: Control = {
  id: 'procMount_restricted',
  level: 'restricted',
  describe: describeProcMount,
  versions: [{ from: 35, evaluate: unmasked, overrides: ['procMount'] }],
}
