import { inEachContainer, type Control } from '../control.js'
import { containerNames } from '../in-words.js'

/** Source: policy/check_privileged.go. */
export const privileged: Control = {
  id: 'privileged',
  level: 'baseline',
  describe: (places) => `privileged (${containerNames(places)} must not set securityContext.privileged=true)`,
  versions: [
    {
      from: 0,
      evaluate: (pod) =>
        inEachContainer(pod, (context) =>
          context.privileged === true ? [{ path: ['privileged'], value: true }] : [],
        ),
    },
  ],
}
