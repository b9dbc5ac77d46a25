import { exceptUserNamespace, inEachContext, type Control, type Evaluate } from '../control.js'
import { containerNames, setters } from '../in-words.js'

const mayBeRoot: Evaluate = (pod) => {
  const refused = inEachContext(pod, (context) =>
    context.runAsNonRoot === false ? [{ path: ['runAsNonRoot'], value: false }] : [],
  )
  if (refused.length > 0 || pod.securityContext?.runAsNonRoot === true) return refused
  return pod.containers
    .filter((container) => typeof container.securityContext?.runAsNonRoot !== 'boolean')
    .map((container) => ({
      path: [...container.path, 'securityContext', 'runAsNonRoot'],
      container: container.name,
    }))
}

/** Source: policy/check_runAsNonRoot.go. A pod's false fails even where every container says true. */
export const runAsNonRoot: Control = {
  id: 'runAsNonRoot',
  level: 'restricted',
  describe: (places) =>
    places.some((place) => place.value === false)
      ? `runAsNonRoot != true (${setters(places)} must not set securityContext.runAsNonRoot=false)`
      : `runAsNonRoot != true (pod or ${containerNames(places)} must set securityContext.runAsNonRoot=true)`,
  versions: [
    { from: 0, evaluate: mayBeRoot },
    { from: 35, evaluate: exceptUserNamespace(mayBeRoot) },
  ],
}
