import { exceptUserNamespace, inEachContainer, type Control, type Evaluate } from '../control.js'

const unmasked: Evaluate = (pod) =>
  inEachContainer(pod, (context) => {
    const { procMount } = context
    if (procMount === undefined || procMount === null || procMount === 'Default') return []
    return [{ path: ['procMount'], value: procMount }]
  })

/** Source: policy/check_procMount_baseline.go. */
export const procMount: Control = {
  id: 'procMount',
  level: 'baseline',
  versions: [
    { from: 0, evaluate: unmasked },
    { from: 35, evaluate: exceptUserNamespace(unmasked) },
  ],
}

/** Source: policy/check_procMount_restricted.go. */
export const procMountRestricted: Control = {
  id: 'procMount_restricted',
  level: 'restricted',
  versions: [{ from: 35, evaluate: unmasked, overrides: ['procMount'] }],
}
